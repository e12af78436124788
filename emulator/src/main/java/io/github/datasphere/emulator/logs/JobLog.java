package io.github.datasphere.emulator.logs;

import io.github.datasphere.emulator.job.id.JobId;
import java.util.List;

/**
 * The append-only log of every job. Records are numbered from 0 over all sources of a job
 * (service-behaviour 10.11); the records of stdout and stderr have a second count of their own for
 * the deprecated ReadStdLogs (10.15). Each job has one writer at a time and any number of readers.
 */
public interface JobLog extends AutoCloseable {
  /**
   * Adds a record; readers see it at once. A large record becomes several ({@link LogQuota}).
   * Content beyond the limit of its source, or that the medium does not take, is dropped, and a
   * record in the log says so.
   */
  void append(JobId job, LogRecord record);

  /**
   * Reads records from {@code index} on, counted as {@code selection} says: as many as fit in
   * {@code maxBytes}, but at least one if there is one. An index beyond the end gives an empty
   * page.
   */
  LogPage read(JobId job, LogSelection selection, long index, int maxBytes);

  /**
   * Passes records from {@code index} on, counted over all sources, that certainly do not hold what
   * is looked for, without reading them one by one. A log that cannot do that passes none.
   *
   * @param maxBytes how much it may look at, about
   */
  default LogSkip skip(JobId job, long index, Needle needle, long maxBytes) {
    return LogSkip.nothing(index);
  }

  /** Returns the index that the next record of this selection will get. */
  long end(JobId job, LogSelection selection);

  /**
   * Runs {@code task} once, as soon as there is a record at {@code index} or the log has ended; at
   * once if that is so already. The task must be short and not block.
   */
  Waiting whenReadable(JobId job, LogSelection selection, long index, Runnable task);

  /**
   * Returns how many bytes of this source were appended so far, whether the medium took them or
   * not. A runner that reads a source again from its start skips this many (docs/architecture.md).
   * The count stops at the limit (service-behaviour 5.13); further bytes are dropped anyway.
   */
  long storedBytes(JobId job, LogSource source);

  /**
   * Whether all that was appended is on the medium, or the log says what is missing. Before it says
   * no, it tries again to write what the medium did not take. A runner keeps the output until then,
   * so that the next emulator can read it once more.
   */
  boolean isStored(JobId job);

  /** Notes that no more records will come. It may be called twice; later records are dropped. */
  void end(JobId job);

  /** Deletes all records of the job and frees their space; readers see an empty, ended log. */
  void delete(JobId job);

  /**
   * Lists the jobs that have a log, so that unneeded logs can be found. A log that does not name
   * its job is left out.
   */
  List<JobId> list();

  @Override
  void close();

  /** A wait that can be given up; to give it up twice is harmless. */
  interface Waiting {
    void cancel();
  }
}
