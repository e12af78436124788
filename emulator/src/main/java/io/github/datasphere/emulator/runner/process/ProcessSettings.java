package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import java.nio.file.Path;
import java.util.Map;

/**
 * How jobs run as processes.
 *
 * @param folder holds a directory for each job; no other emulator may use it at the same time
 * @param durability whether jobs outlive the emulator
 * @param machine environment variables of the emulator itself, of which jobs get some
 */
public record ProcessSettings(
    Path folder, Durability durability, JobResources resources, Map<String, String> machine) {
  public ProcessSettings {
    machine = Map.copyOf(machine);
  }
}
