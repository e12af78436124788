package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.id.JobId;

/** What a runner tells of a job. */
public sealed interface RunnerEvent {
  JobId job();

  /** The command has begun. */
  record Started(JobId job) implements RunnerEvent {}

  /** The program reported progress. */
  record Progressed(JobId job, Progress progress) implements RunnerEvent {}

  /** The run is over; all of its log records are appended. */
  record Ended(JobId job, Ending ending) implements RunnerEvent {}

  /** Outputs and log files are stored. */
  record OutputsCollected(JobId job, Collected collected) implements RunnerEvent {}
}
