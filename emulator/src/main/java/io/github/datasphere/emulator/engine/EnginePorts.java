package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.Scheduler;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.store.JobStore;

/**
 * What an engine stands on; closed by whoever made it, after the engine.
 *
 * @param observer sees every decision
 */
public record EnginePorts(
    JobStore store, FileStore files, JobLog logs, Scheduler scheduler, JobObserver observer) {

  /** Without an observer. */
  public EnginePorts(JobStore store, FileStore files, JobLog logs, Scheduler scheduler) {
    this(store, files, logs, scheduler, JobObserver.NONE);
  }
}
