package io.github.datasphere.emulator.client.python;

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
}
