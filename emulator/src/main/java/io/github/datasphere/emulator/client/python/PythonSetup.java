package io.github.datasphere.emulator.client.python;

import io.github.datasphere.emulator.client.config.PythonConfig;
import io.github.datasphere.proto.jobs.PipOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Python job is sent with.
 *
 * @param version such as {@code 3.10}
 * @param requirements lines for pip
 * @param localModules files and folders of the user's own code
 * @param pip null for pip's defaults
 */
public record PythonSetup(
    String version,
    List<String> requirements,
    List<String> localModules,
    @Nullable PipOptions pip) {
  public PythonSetup {
    requirements = List.copyOf(requirements);
    localModules = List.copyOf(localModules);
  }

  /** Takes what is configured and looks for the rest under the machine's {@code python3}. */
  public static PythonSetup of(PythonConfig config, PythonExplorer explorer)
      throws PythonSetupException, InterruptedException {
    if (config.version() != null && config.requirements() != null && config.localPaths() != null) {
      return new PythonSetup(
          config.version(), config.requirements(), config.localPaths(), config.pip());
    }
    var found = explorer.explore(config.roots());
    var listed = config.localPaths();
    return new PythonSetup(
        config.version() == null ? found.version : config.version(),
        config.requirements() == null ? found.requirements : config.requirements(),
        listed == null || listed.isEmpty() ? found.localModules : listed,
        config.pip());
  }
}
