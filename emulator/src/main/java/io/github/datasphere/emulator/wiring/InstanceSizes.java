package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.job.capacity.Resources;
import java.util.List;
import java.util.Optional;

/** Lists the instance types of a configuration, and what this machine gives for each. */
public final class InstanceSizes {
  private InstanceSizes() {}

  /**
   * One type.
   *
   * @param offered whether a job can ask for it
   * @param gets what a job gets on this machine; empty if this machine refuses the type
   */
  public record InstanceSize(
      String name, boolean offered, Amount asks, String gpuModel, Optional<Amount> gets) {}

  /** An amount of CPUs, memory and GPUs. */
  public record Amount(double cpus, long memoryBytes, int gpus) {
    private static Amount of(Resources resources) {
      return new Amount(resources.cpus(), resources.memoryBytes(), resources.gpus());
    }
  }

  /**
   * Returns the types in the order of the service's own table.
   *
   * @throws IllegalArgumentException if a type is offered that does not exist
   */
  public static List<InstanceSize> of(JobsConfig jobs) {
    var config = jobs.sizing();
    var types = ConfiguredTypes.of(config);
    var sizing = ConfiguredTypes.sizing(config, types, RunnerSelector.machine(jobs));
    return types.all().stream()
        .map(type -> new InstanceSize(
            type.name(),
            types.isOffered(type.name()),
            Amount.of(Resources.of(type)),
            type.gpuModel(),
            sizing.of(type).map(Amount::of)))
        .toList();
  }
}
