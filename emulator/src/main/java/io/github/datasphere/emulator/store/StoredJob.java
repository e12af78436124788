package io.github.datasphere.emulator.store;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import java.util.function.Predicate;

/** A job as a store has found it. Most of those that a search meets need not be read as a whole. */
public interface StoredJob {
  long seq();

  JobStatus status();

  /**
   * Asks about all that is stored of the job: bytes in which each of its texts stands as UTF-8,
   * among others. A store that has no such bytes says yes.
   */
  boolean mayHold(Predicate<byte[]> bytes);

  /** Returns the job, which is read now. */
  Job job();
}
