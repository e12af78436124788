package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.job.Decision;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobCommand;
import java.time.Instant;

/** Sees what each command did to a job, once it is committed and before it is acted on. */
@FunctionalInterface
public interface JobObserver {
  JobObserver NONE = (job, command, decision, now) -> {};

  /** Called in the job's turn: must be short. */
  void decided(Job before, JobCommand command, Decision decision, Instant now);
}
