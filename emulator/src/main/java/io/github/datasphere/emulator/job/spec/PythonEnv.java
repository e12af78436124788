package io.github.datasphere.emulator.job.spec;

import java.util.List;

/**
 * The Python environment of a job: a fresh venv with these requirements (service-behaviour 4.16).
 *
 * @param condaYaml what clients before autumn 2024 send instead of version and requirements; else
 *     empty
 * @param version such as {@code 3.10}; empty with {@code condaYaml}
 * @param localModules archives that are unpacked into the working directory (service-behaviour 4.4)
 */
public record PythonEnv(
    String condaYaml,
    String version,
    List<String> requirements,
    List<JobFile> localModules,
    PipOptions pip) {
  public PythonEnv {
    requirements = List.copyOf(requirements);
    localModules = List.copyOf(localModules);
  }
}
