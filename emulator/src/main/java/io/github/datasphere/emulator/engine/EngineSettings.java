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
 * @param strictProjects whether an unknown project is refused instead of made (service-behaviour
 *     10.31)
 * @param forgiveMissingOutputs see {@link io.github.datasphere.emulator.job.lifecycle.JobLifecycle}
 * @param quota how many jobs may be active before Execute fails (service-behaviour 3.17);
 *     {@link #NO_QUOTA} for any number
 * @param demandOf tells how much of the budget a job takes
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
  /** With this quota, Execute never fails because of the number of jobs. */
  public static final int NO_QUOTA = Integer.MAX_VALUE;

  /**
   * Returns the defaults: every instance type is on offer, and no job waits (service-behaviour
   * 10.35, 10.40).
   */
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
