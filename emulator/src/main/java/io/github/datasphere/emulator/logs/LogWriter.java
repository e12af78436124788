package io.github.datasphere.emulator.logs;

import io.github.datasphere.emulator.job.id.JobId;
import java.time.Clock;
import java.util.Arrays;

/**
 * Makes records of one source of a running program: few and large where output is fast, a single
 * line within 5 ms (service-behaviour 10.39), begun at lines without leading blanks if the output
 * allows it, so that a traceback stays in one piece (5.6). Bytes pass unchanged and in order.
 *
 * <p>A client shows each record on lines of its own, so an unfinished line waits for its rest. If
 * the program writes its output in blocks, it waits until the rest comes; otherwise it waits about
 * a second.
 */
public final class LogWriter implements AutoCloseable {
  /** How many ticks of {@link #tickUnfinished} an unfinished line waits: 0.7 to 0.8 s. */
  static final int PATIENCE = 8;

  private static final int FIRST_CAPACITY = 1 << 10;
  private static final int IDLE_CAPACITY = 8 << 10;

  /** An unfinished line of this length is no prompt. */
  private static final int LONG = 1 << 10;

  /** Output beyond this size is written at once, up to the end of a line if there is one. */
  private static final int LARGE = 64 << 10;

  private final Target target;
  private final Ticker<LogWriter> lineTicker;
  private final Ticker<LogWriter> unfinishedTicker;
  private final Blocks blocks;

  private byte[] pending = {};
  private int size;
  private int lines; // so many of the pending bytes are whole lines
  private int old; // so many of these were there at the last tick
  private int waited; // so many ticks the unfinished line has been there
  private int longest; // of the lines that came last
  private boolean isWaiting; // for the rest of a block, however long it takes
  private boolean came; // something since the last tick for what is unfinished

  LogWriter(
      Target target, long known, Ticker<LogWriter> lineTicker, Ticker<LogWriter> unfinishedTicker) {
    this.target = target;
    this.lineTicker = lineTicker;
    this.unfinishedTicker = unfinishedTicker;
    this.blocks = new Blocks(known);
  }

  /** Where records go. */
  record Target(JobLog log, JobId job, LogSource source, Clock clock) {
    void append(byte[] content) {
      log.append(job, new LogRecord(source, clock.instant(), content));
    }
  }

  /** Takes output as it comes, cut anywhere. */
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    blocks.take(length);
    came = true;
    if (isWaiting) {
      isWaiting = false;
      waited = 0;
    }
    int done = 0;
    while (done < length) {
      int room = (size < LARGE ? LARGE : LogQuota.LARGEST_RECORD) - size;
      int part = Math.min(length - done, room);
      add(bytes, offset + done, part);
      done += part;
      if ((size >= LARGE && lines > 0) || size == LogQuota.LARGEST_RECORD) {
        emit(RecordBoundaries.best(pending, 0, size));
      }
    }
    lineTicker.watch(this, lines > 0);
    unfinishedTicker.watch(this, true);
  }

  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  /** Makes records of all output that has come, since no more will come. */
  @Override
  public synchronized void close() {
    emit(size);
    unwatch();
  }

  /**
   * Drops output that is in no record yet: a later reader reads it again, from where the log ends.
   */
  public synchronized void leave() {
    size = 0;
    lines = 0;
    unwatch();
  }

  /**
   * Writes whole lines that have waited for at least one tick. The last unindented line and those
   * below it wait separately, since more of them may come.
   */
  synchronized void tick() {
    int group = RecordBoundaries.beforeUnindentedLine(pending, old, Math.min(size, lines + 1));
    if (group > 0) {
      emit(group);
    } else if (old > 0) {
      emit(lines);
    }
    old = lines;
    lineTicker.watch(this, lines > 0);
  }

  /** Writes an unfinished line that has waited long enough. */
  synchronized void tickUnfinished() {
    if (!came) {
      blocks.pause();
    }
    boolean quiet = !came;
    came = false;
    if (size > lines && !isWaiting && ++waited >= PATIENCE) {
      emitUnfinished();
    }
    boolean isOver = size == lines || isWaiting;
    unfinishedTicker.watch(this, !quiet || !isOver);
    if (quiet && pending.length > IDLE_CAPACITY && size < pending.length / 2) {
      pending = Arrays.copyOf(pending, size);
    }
  }

  private void emitUnfinished() {
    isWaiting = size - lines >= LONG || blocks.endsBlock(Math.max(longest, size - lines));
    int end = isWaiting
        ? RecordBoundaries.beforeLastReturn(pending, lines, size)
        : size - RecordBoundaries.cutCharacter(pending, lines, size);
    if (end > lines) {
      emit(end);
    } else {
      isWaiting = true;
    }
  }

  private void add(byte[] bytes, int offset, int length) {
    reserve(size + length);
    System.arraycopy(bytes, offset, pending, size, length);
    int newline = RecordBoundaries.afterNewline(pending, size, size + length);
    size += length;
    if (newline > 0) {
      lines = newline;
      waited = 0;
    }
  }

  private void emit(int length) {
    if (length > 0) {
      target.append(Arrays.copyOf(pending, length));
      longest =
          Math.max(RecordBoundaries.longestOfLastLines(pending, length), longest - longest / 8);
      if (length > lines) {
        waited = 0;
      }
      size -= length;
      lines = Math.max(0, lines - length);
      old = Math.max(0, old - length);
      System.arraycopy(pending, length, pending, 0, size);
    }
  }

  private void unwatch() {
    lineTicker.watch(this, false);
    unfinishedTicker.watch(this, false);
  }

  private void reserve(int capacity) {
    if (capacity > pending.length) {
      int doubled = Math.max(FIRST_CAPACITY, pending.length * 2);
      int target = Math.min(LogQuota.LARGEST_RECORD, Math.max(doubled, capacity));
      pending = Arrays.copyOf(pending, target);
    }
  }
}
