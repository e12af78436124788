package io.github.datasphere.emulator.job.capacity;

import java.util.Collection;
import java.util.Optional;

/** What a machine gives for an instance type; empty if it refuses the type (docs/containers.md). */
@FunctionalInterface
public interface Sizing {
  Optional<Resources> of(InstanceType type);

  /** A type that is larger than the machine gets all of it. */
  static Sizing clamp(Resources machine) {
    return type -> Optional.of(Resources.of(type).cappedBy(machine));
  }

  /** A type that is larger than the machine is refused. */
  static Sizing strict(Resources machine) {
    return type -> Optional.of(Resources.of(type)).filter(asked -> asked.fitsInto(machine));
  }

  /**
   * The largest type gets all of the machine and the others less in proportion; if all fit they get
   * what they ask for. GPUs are not divided.
   *
   * @param offered the types that keep their proportions
   */
  static Sizing scale(Resources machine, Collection<InstanceType> offered) {
    var cpus = offered.stream().mapToDouble(InstanceType::cpus).max().orElse(1);
    var memory =
        offered.stream().mapToLong(type -> Resources.of(type).memoryBytes()).max();
    var cpuFactor = Math.min(1, machine.cpus() / cpus);
    var memoryFactor = Math.min(1, machine.memoryBytes() / (double) memory.orElse(1));
    return type -> {
      var asked = Resources.of(type);
      var scaled = new Resources(
          asked.cpus() * cpuFactor, (long) (asked.memoryBytes() * memoryFactor), asked.gpus());
      return Optional.of(scaled.cappedBy(machine));
    };
  }
}
