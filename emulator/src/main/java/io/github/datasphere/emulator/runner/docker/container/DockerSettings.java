package io.github.datasphere.emulator.runner.docker.container;

import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * How jobs run in containers.
 *
 * @param folder holds what has to outlive the emulator, and files in transfer
 * @param size tells what each job gets
 * @param machine environment variables of the emulator itself; jobs get those that lead to the
 *     network
 */
public record DockerSettings(
    Path folder,
    Durability durability,
    Ownership ownership,
    JobResources resources,
    JobImages images,
    Function<Job, JobSize> size,
    Map<String, String> machine) {
  public DockerSettings {
    machine = Map.copyOf(machine);
  }

  /** Returns the same with other sizes. */
  public DockerSettings with(Function<Job, JobSize> changed) {
    return new DockerSettings(folder, durability, ownership, resources, images, changed, machine);
  }
}
