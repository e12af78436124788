package io.github.datasphere.emulator.logs;

import io.github.datasphere.emulator.job.id.JobId;
import java.time.Clock;

/** Opens the writers through which running programs fill the log, and makes them write in time. */
public final class LogWriters implements AutoCloseable {
  /**
   * Output that comes between two ticks is written at the second tick after it: within 4 ms
   * (service-behaviour 10.39).
   */
  private static final long LINES_MILLIS = 2;

  private static final long UNFINISHED_MILLIS = 100;

  private final JobLog log;
  private final Clock clock;
  private final Ticker<LogWriter> lines =
      Ticker.start("datasphere-log-flusher", LINES_MILLIS, LogWriter::tick);
  private final Ticker<LogWriter> unfinished =
      Ticker.start("datasphere-log-unfinished", UNFINISHED_MILLIS, LogWriter::tickUnfinished);

  /**
   * Starts the threads.
   *
   * @param clock tells when a record was created
   */
  public LogWriters(JobLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * Opens a writer for one source of one job; close it before the job's end is reported.
   *
   * @param known how many bytes of the source an earlier writer has written to the log
   */
  public LogWriter open(JobId job, LogSource source, long known) {
    return new LogWriter(new LogWriter.Target(log, job, source, clock), known, lines, unfinished);
  }

  /** Ends the threads; writers that are still open flush when they are full or closed. */
  @Override
  public void close() {
    lines.close();
    unfinished.close();
  }

  Ticker<LogWriter> lines() {
    return lines;
  }

  Ticker<LogWriter> unfinished() {
    return unfinished;
  }
}
