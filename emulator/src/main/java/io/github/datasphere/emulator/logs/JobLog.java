package io.github.datasphere.emulator.logs;

import io.github.datasphere.emulator.job.id.JobId;
import java.util.List;

/**
 * The append-only log of every job. Records are numbered from 0 over all sources of a job
 * (service-behaviour 10.11); the records of stdout and stderr have a second count of their own for
 * the deprecated ReadStdLogs (10.15). One writer a job at a time, any number of readers.
 */
public interface JobLog extends AutoCloseable {
  /**
   * Adds a record; readers see it at once. A large one becomes several ({@link LogQuota}), what
   * goes beyond the limit of its source is dropped, and so is what the medium does not take, each
   * with a word in the log.
   */
  void append(JobId job, LogRecord record);

  /**
   * Records from {@code index} on in the count of {@code selection}, as many as fit in
   * {@code maxBytes}, at least one if there is one. An index beyond the end gives an empty page.
   */
  LogPage read(JobId job, LogSelection selection, long index, int maxBytes);

  /** The index that the next record of this selection will get. */
  long end(JobId job, LogSelection selection);

  /**
   * Runs {@code task} once, as soon as there is a record at {@code index} or the log has ended; at
   * once if that is so already. The task must be short and not block.
   */
  Waiting whenReadable(JobId job, LogSelection selection, long index, Runnable task);

  /**
   * How many bytes of this source were appended so far, whether the medium took them or not: a
   * runner that reads a source again from its start skips so many (docs/architecture.md). The count
   * stops at the limit (service-behaviour 5.13); what follows is dropped anyway.
   */
  long storedBytes(JobId job, LogSource source);

  /** No more records will come. Idempotent; records after it are dropped. */
  void end(JobId job);

  /** Deletes all records of the job and frees what they take; readers see an empty, ended log. */
  void delete(JobId job);

  /**
   * Jobs with a log, to find those that nobody needs; where a log does not tell whose it is it is
   * left out.
   */
  List<JobId> list();

  @Override
  void close();

  /** A wait that may be given up; giving it up twice is harmless. */
  interface Waiting {
    void cancel();
  }
}
