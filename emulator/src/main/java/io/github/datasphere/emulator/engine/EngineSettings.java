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
 * @param quota how many jobs may be active before Execute fails (service-behaviour 3.17);
 *     {@link #NO_QUOTA} for any number
 * @param demandOf what a job takes of the budget
 */
public record EngineSettings(
    InstanceTypes instanceTypes,
    boolean strictProjects,
    boolean forgiveMissingOutputs,
    Duration uploadUrlLife,
    Duration downloadUrlLife,
    Budget budget,
    int quota,
    Function<Job, Demand> demandOf) {
  /** Execute never fails for the number of jobs. */
  public static final int NO_QUOTA = Integer.MAX_VALUE;

  /** The defaults: every type on offer, no queue (service-behaviour 10.35, 10.40). */
  public static EngineSettings defaults() {
    return new EngineSettings(
        InstanceTypes.standard(),
        false,
        false,
        Duration.ofHours(24),
        Duration.ofDays(7),
        Budget.UNLIMITED,
        NO_QUOTA,
        job -> Demand.NONE);
  }
}
