package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.capacity.Budget;
import io.github.datasphere.emulator.job.capacity.Demand;
import io.github.datasphere.emulator.job.capacity.InstanceTypes;
import java.time.Duration;
import java.util.function.Function;

/**
 * Choices that a user may make.
 *
 * @param strictProjects whether an unknown project is refused and not made (service-behaviour
 *     10.31)
 * @param forgiveMissingOutputs see {@link io.github.datasphere.emulator.job.JobLifecycle}
 * @param demandOf what a job takes of the budget
 */
public record EngineSettings(
    InstanceTypes instanceTypes,
    boolean strictProjects,
    boolean forgiveMissingOutputs,
    Duration uploadUrlLife,
    Duration downloadUrlLife,
    Budget budget,
    Function<Job, Demand> demandOf) {

  /** The defaults: every type on offer, no queue (service-behaviour 10.35, 10.40). */
  public static EngineSettings defaults() {
    return new EngineSettings(
        InstanceTypes.standard(),
        false,
        false,
        Duration.ofHours(24),
        Duration.ofDays(7),
        Budget.UNLIMITED,
        job -> Demand.NONE);
  }
}
