package io.github.datasphere.emulator.client.config;

import io.github.datasphere.proto.jobs.PipOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code env.python}. What is null is to be found out from the main scripts.
 *
 * @param version such as {@code 3.10}
 * @param requirements lines of the requirements file
 * @param localPaths files and folders of the user's own code
 * @param pip null if the section has no pip options
 * @param roots scripts and modules that the search starts from; of no meaning if fully manual
 * @param line of the section
 */
public record PythonConfig(
    @Nullable String version,
    @Nullable List<String> requirements,
    @Nullable List<String> localPaths,
    @Nullable PipOptions pip,
    List<RootModule> roots,
    int line) {
  public PythonConfig {
    roots = List.copyOf(roots);
  }

  /** Nothing is left to be found out (service-behaviour 2.10). */
  public boolean isFullyManual() {
    return version != null && requirements != null && localPaths != null;
  }

  PythonConfig withRoots(List<RootModule> found) {
    return new PythonConfig(version, requirements, localPaths, pip, found, line);
  }
}
