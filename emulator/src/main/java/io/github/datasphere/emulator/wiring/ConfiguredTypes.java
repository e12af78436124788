package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.config.OwnInstanceType;
import io.github.datasphere.emulator.config.SizingConfig;
import io.github.datasphere.emulator.job.capacity.InstanceType;
import io.github.datasphere.emulator.job.capacity.InstanceTypes;
import io.github.datasphere.emulator.job.capacity.Resources;
import io.github.datasphere.emulator.job.capacity.Sizing;

/** The instance types of a configuration, and how they are fitted to a machine. */
final class ConfiguredTypes {
  private ConfiguredTypes() {}

  static InstanceTypes of(SizingConfig config) {
    return InstanceTypes.of(
        config.own().stream().map(ConfiguredTypes::type).toList(), config.offered());
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
