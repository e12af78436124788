package io.github.datasphere.emulator.engine.commands;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.lifecycle.Decision;
import io.github.datasphere.emulator.job.lifecycle.JobCommand;
import java.time.Instant;

/** Is told what each command did to a job, after the commit and before the effects. */
@FunctionalInterface
public interface JobObserver {
  JobObserver NONE = (job, command, decision, now) -> {};

  /** Called when a new job was committed. */
  default void made(Job job) {}

  /** Called in the job's turn, so it must be short. */
  void decided(Job before, JobCommand command, Decision decision, Instant now);
}
