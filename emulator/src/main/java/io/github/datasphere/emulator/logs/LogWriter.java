package io.github.datasphere.emulator.logs;

import io.github.datasphere.emulator.job.id.JobId;
import java.time.Clock;
import java.util.Arrays;

/**
 * Makes records of one source of a running program: few and large where output is fast, a single
 * line within 5 ms (service-behaviour 10.39), begun at lines without leading blanks where the
 * output allows, so that a traceback stays in one piece (5.6). Bytes pass unchanged and in order.
 */
public final class LogWriter implements AutoCloseable {
  private static final int FIRST_CAPACITY = 1 << 10;
  private static final int IDLE_CAPACITY = 8 << 10;

  private final JobLog log;
  private final JobId job;
  private final LogSource source;
  private final Clock clock;
  private final LogWriters writers;

  private byte[] pending = {};
  private int size;
  private int old; // so many of the pending bytes were there at the last tick
  private boolean watched;

  LogWriter(JobLog log, JobId job, LogSource source, Clock clock, LogWriters writers) {
    this.log = log;
    this.job = job;
    this.source = source;
    this.clock = clock;
    this.writers = writers;
  }

  /** Takes output as it comes, cut anywhere. */
  public synchronized void write(byte[] bytes, int offset, int length) {
    int done = 0;
    while (done < length) {
      int part = Math.min(length - done, LogQuota.LARGEST_RECORD - size);
      reserve(size + part);
      System.arraycopy(bytes, offset + done, pending, size, part);
      size += part;
      done += part;
      if (size == LogQuota.LARGEST_RECORD) {
        emit(Cuts.best(pending, 0, size));
      }
    }
    watch(size > 0);
  }

  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  /** Makes records of all that has come, but for the beginning of a character. */
  public synchronized void flush() {
    emit(size - Cuts.cutCharacter(pending, 0, size));
  }

  /** Makes records of all that has come. */
  @Override
  public synchronized void close() {
    emit(size);
    watch(false);
  }

  /**
   * Lets go what has waited for a tick at least; the last unindented line and those below it wait
   * on their own account, since more of them may come.
   */
  synchronized void tick() {
    int group = Cuts.beforeUnindentedLine(pending, old, size);
    if (group > 0) {
      emit(group);
    } else if (old > 0) {
      flush();
    }
    old = size;
    watch(size > Cuts.cutCharacter(pending, 0, size));
    if (!watched && pending.length > IDLE_CAPACITY) {
      pending = Arrays.copyOf(pending, size);
    }
  }

  private void watch(boolean now) {
    if (now && !watched) {
      old = 0;
      writers.watch(this);
    } else if (!now && watched) {
      writers.unwatch(this);
    }
    watched = now;
  }

  private void emit(int length) {
    if (length > 0) {
      log.append(job, new LogRecord(source, clock.instant(), Arrays.copyOf(pending, length)));
      size -= length;
      old = Math.max(0, old - length);
      System.arraycopy(pending, length, pending, 0, size);
    }
  }

  private void reserve(int capacity) {
    if (capacity > pending.length) {
      int doubled = Math.max(FIRST_CAPACITY, pending.length * 2);
      int target = Math.min(LogQuota.LARGEST_RECORD, Math.max(doubled, capacity));
      pending = Arrays.copyOf(pending, target);
    }
  }
}
