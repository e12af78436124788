package io.github.datasphere.emulator;

import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.OwnInstanceType;
import io.github.datasphere.emulator.config.SizingConfig;
import io.github.datasphere.emulator.job.capacity.InstanceType;
import io.github.datasphere.emulator.job.capacity.InstanceTypes;
import io.github.datasphere.emulator.job.capacity.Resources;
import io.github.datasphere.emulator.job.capacity.Sizing;
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
    var types = types(config);
    var sizing = sizing(config, types, RunnerChoice.machine(jobs.runner()));
    return types.all().stream()
        .map(type -> new InstanceSize(
            type.name(),
            types.isOffered(type.name()),
            Amount.of(Resources.of(type)),
            type.gpuModel(),
            sizing.of(type).map(Amount::of)))
        .toList();
  }

  static InstanceTypes types(SizingConfig config) {
    return InstanceTypes.of(
        config.own().stream().map(InstanceSizes::type).toList(), config.offered());
  }

  static Sizing sizing(SizingConfig config, InstanceTypes types, Resources machine) {
    return switch (config.fit()) {
      case CLAMP -> Sizing.clamp(machine);
      case STRICT -> Sizing.strict(machine);
      case SCALE ->
        Sizing.scale(
            machine,
            types.all().stream().filter(type -> types.isOffered(type.name())).toList());
    };
  }

  private static InstanceType type(OwnInstanceType own) {
    return new InstanceType(
        own.name(),
        own.cpus(),
        own.memory().bytes(),
        own.gpus(),
        own.gpuModel(),
        own.gpuMemory().bytes());
  }
}
