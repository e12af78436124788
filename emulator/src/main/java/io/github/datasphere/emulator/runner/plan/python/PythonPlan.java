package io.github.datasphere.emulator.runner.plan.python;

import java.util.List;

/**
 * The Python environment of a job (service-behaviour 4.16).
 *
 * @param version such as {@code 3.10}; empty if any will do
 * @param venv path of the environment to be made
 * @param requirementLines lines of a requirements file, index options included; unlike arguments of
 *     pip, other users of the machine cannot see them
 * @param noDeps whether pip is told to install no dependencies
 */
public record PythonPlan(
    String version, String venv, List<String> requirementLines, boolean noDeps) {
  public PythonPlan {
    requirementLines = List.copyOf(requirementLines);
  }

  public String binaries() {
    return venv + "/bin";
  }

  /** Whether pip has anything to install; index options alone do not count. */
  public boolean installs() {
    return requirementLines.stream().anyMatch(line -> !line.startsWith("--"));
  }
}
