package io.github.datasphere.emulator.logs;

import io.github.datasphere.emulator.job.id.JobId;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the writers through which running programs fill the log; one thread, which sleeps while
 * nobody writes, flushes them all.
 */
public final class LogWriters implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogWriters.class);

  /**
   * What comes in between two ticks is out at the second next: within 4 ms (service-behaviour
   * 10.39).
   */
  private static final long TICK_MILLIS = 2;

  private final JobLog log;
  private final Clock clock;
  private final Set<LogWriter> watched = new LinkedHashSet<>();
  private boolean closed;

  /**
   * Starts the thread.
   *
   * @param clock tells when a record was created
   */
  public LogWriters(JobLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
    var thread = new Thread(this::work, "datasphere-log-flusher");
    thread.setDaemon(true);
    thread.start();
  }

  /** A writer for one source of one job; close it before the job's end is reported. */
  public LogWriter open(JobId job, LogSource source) {
    return new LogWriter(log, job, source, clock, this);
  }

  /** Ends the thread; writers that are still open flush when they are full or closed. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized void watch(LogWriter writer) {
    if (watched.isEmpty()) {
      notifyAll();
    }
    watched.add(writer);
  }

  synchronized void unwatch(LogWriter writer) {
    watched.remove(writer);
  }

  private void work() {
    try {
      for (var writers = nextTick(); !writers.isEmpty(); writers = nextTick()) {
        writers.forEach(LogWriters::tick);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for one tick from when somebody has written; empty once this is closed. */
  private synchronized List<LogWriter> nextTick() throws InterruptedException {
    do {
      while (watched.isEmpty() && !closed) {
        wait();
      }
      if (!closed) {
        wait(TICK_MILLIS);
      }
    } while (watched.isEmpty() && !closed);
    return closed ? List.of() : List.copyOf(watched);
  }

  private static void tick(LogWriter writer) {
    try {
      writer.tick();
    } catch (RuntimeException e) {
      LOG.error("Output of a job could not be written to its log", e);
    }
  }
}
