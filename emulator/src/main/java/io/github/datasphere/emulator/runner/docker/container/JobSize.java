package io.github.datasphere.emulator.runner.docker.container;

import java.util.List;

/**
 * What a job's container may take.
 *
 * @param gpusAsked how many GPUs its instance type has
 * @param asked what its instance type has in the cloud, as text for humans
 * @param isStrict whether a job is refused rather than run with less than it asks for
 * @param gpuNames which GPUs it gets; empty if the engine chooses them
 */
public record JobSize(
    double cpus,
    long memoryBytes,
    int gpus,
    int gpusAsked,
    String asked,
    boolean isStrict,
    List<String> gpuNames) {
  public JobSize {
    gpuNames = List.copyOf(gpuNames);
  }

  /** The same where the engine chooses the GPUs. */
  public JobSize(
      double cpus, long memoryBytes, int gpus, int gpusAsked, String asked, boolean isStrict) {
    this(cpus, memoryBytes, gpus, gpusAsked, asked, isStrict, List.of());
  }

  /** Returns the same with these GPUs. */
  public JobSize on(List<String> names) {
    return new JobSize(cpus, memoryBytes, gpus, gpusAsked, asked, isStrict, names);
  }
}
