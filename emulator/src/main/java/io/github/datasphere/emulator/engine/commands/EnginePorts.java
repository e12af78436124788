package io.github.datasphere.emulator.engine.commands;

import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.time.Scheduler;

/**
 * The parts that an engine uses. Their maker closes them, after the engine.
 *
 * @param observer sees every decision
 */
public record EnginePorts(
    JobStore store, FileStore files, JobLog logs, Scheduler scheduler, JobObserver observer) {

  /** Makes ports without an observer. */
  public EnginePorts(JobStore store, FileStore files, JobLog logs, Scheduler scheduler) {
    this(store, files, logs, scheduler, JobObserver.NONE);
  }
}
