package io.github.datasphere.emulator.testing;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.job.Scheduler;

/**
 * What tests order and read in one world.
 *
 * @param engine of the same world
 */
public record TestState(
    Scheduler scheduler, JobEngine engine, Faults faults, Journal journal, Timeline timeline) {

  /** Nothing ordered yet. */
  public static TestState of(Scheduler scheduler, JobEngine engine, Timeline timeline) {
    return new TestState(scheduler, engine, new Faults(), new Journal(scheduler.clock()), timeline);
  }
}
