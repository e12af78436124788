package io.github.datasphere.emulator.saved;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.engine.LogReading;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import java.util.function.Supplier;

/** The logs that a face shows: of a running emulator, or of jobs in a file. */
public interface ShownLogs {
  /** Returns how many records there are. */
  long end(JobId job);

  /** Reads the log of a job. */
  LogReading from(JobId job, long offset);

  /** Whether no more will come. */
  boolean isOver(JobId job);

  /** Changes when the jobs are others than before. */
  Object world();

  /** Returns the logs of a running emulator. */
  static ShownLogs of(Supplier<JobEngine> engine) {
    return new ShownLogs() {
      @Override
      public long end(JobId job) {
        return engine.get().logEnd(job);
      }

      @Override
      public LogReading from(JobId job, long offset) {
        return engine.get().readLogs(job, offset);
      }

      @Override
      public boolean isOver(JobId job) {
        return engine.get().job(job).status().isTerminal();
      }

      @Override
      public Object world() {
        return engine.get();
      }
    };
  }

  /** Returns the logs of the jobs in a file. */
  static ShownLogs of(SavedJobs saved) {
    return new ShownLogs() {
      @Override
      public long end(JobId job) {
        return saved.logEnd(known(job));
      }

      @Override
      public LogReading from(JobId job, long offset) {
        return saved.readLog(known(job), offset);
      }

      @Override
      public boolean isOver(JobId job) {
        return true;
      }

      @Override
      public Object world() {
        return saved;
      }

      private String known(JobId job) {
        return saved
            .job(job.value())
            .orElseThrow(
                () -> Rejected.notFound("Job " + job + " is not in this file").asException())
            .getId();
      }
    };
  }
}
