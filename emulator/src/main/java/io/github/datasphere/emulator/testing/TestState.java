package io.github.datasphere.emulator.testing;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.job.Scheduler;
import java.util.function.Supplier;

/**
 * What tests order and read in one world.
 *
 * @param engine of the same world
 */
public record TestState(
    Scheduler scheduler,
    Supplier<JobEngine> engine,
    Faults faults,
    Journal journal,
    Timeline timeline) {

  /** Nothing ordered, nothing seen. */
  public static TestState fresh(Scheduler scheduler, Supplier<JobEngine> engine) {
    return new TestState(
        scheduler, engine, new Faults(), new Journal(scheduler.clock()), new Timeline());
  }
}
