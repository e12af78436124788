package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Value;
import java.util.OptionalLong;

/**
 * How jobs are carried out.
 *
 * @param stopAtClose whether closing ends running jobs although a data directory would let them go
 *     on until the next start
 * @param seed fixes the random parts of paths in a job (service-behaviour 10.25); empty for random
 */
public record JobsConfig(
    RunnerKind runner,
    SizingConfig sizing,
    ImagesConfig images,
    MissingOutputs missingOutputs,
    boolean stopAtClose,
    OptionalLong seed,
    SwarmConfig swarm) {
  public static JobsConfig defaults() {
    return new JobsConfig(
        RunnerKind.AUTO,
        SizingConfig.defaults(),
        ImagesConfig.defaults(),
        MissingOutputs.ERROR,
        false,
        OptionalLong.empty(),
        SwarmConfig.none());
  }

  public JobsConfig with(RunnerKind changed) {
    return new JobsConfig(changed, sizing, images, missingOutputs, stopAtClose, seed, swarm);
  }

  public JobsConfig with(SizingConfig changed) {
    return new JobsConfig(runner, changed, images, missingOutputs, stopAtClose, seed, swarm);
  }

  public JobsConfig with(ImagesConfig changed) {
    return new JobsConfig(runner, sizing, changed, missingOutputs, stopAtClose, seed, swarm);
  }

  /** Returns a configuration with the same random parts in every run. */
  public JobsConfig withSeed(long changed) {
    return new JobsConfig(
        runner, sizing, images, missingOutputs, stopAtClose, OptionalLong.of(changed), swarm);
  }

  static JobsConfig read(Fields fields, JobsConfig base) {
    return new JobsConfig(
        fields.read("runner", base.runner, value -> value.oneOf(RunnerKind.class)),
        SizingConfig.read(fields, base.sizing),
        ImagesConfig.read(fields, base.images),
        fields.read(
            "missing-outputs", base.missingOutputs, value -> value.oneOf(MissingOutputs.class)),
        fields.read("stop-jobs", base.stopAtClose, Value::flag),
        fields.read("seed", base.seed, value -> OptionalLong.of(value.integer())),
        SwarmConfig.read(fields, base.swarm));
  }
}
