package io.github.datasphere.emulator.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts how much each source of one job has written, and decides how much of the next record is
 * kept: records of at most {@link #LARGEST_RECORD} bytes, and {@link #LIMIT} of a source
 * (service-behaviour 5.13). Every log asks it before it stores; not safe for use by several
 * threads.
 */
public final class LogQuota {
  /** How many bytes of a source are kept. */
  public static final long LIMIT = 100L << 20;

  /**
   * The size of the largest record, and so of the longest line that clients show in one piece; they
   * take messages of 4 MiB at most (service-behaviour 1.4).
   */
  public static final int LARGEST_RECORD = 512 << 10;

  private static final int MOST_SOURCES = 200;
  private static final int LONGEST_PATH = 1024;
  private static final Tally EMPTY = new Tally(0, false);

  private final Map<LogSource, Tally> tallies = new LinkedHashMap<>(4);

  /**
   * How much a source has written.
   *
   * @param bytes bytes of the source, without the notice that it was cut
   * @param full whether it was cut at the limit
   */
  public record Tally(long bytes, boolean full) {}

  /**
   * The part of a record that is kept.
   *
   * @param records its content, in pieces of the allowed size
   * @param notice says that the source is cut from here on; null if it is not
   */
  public record Admitted(List<LogRecord> records, @Nullable LogRecord notice) {
    private static final Admitted NOTHING = new Admitted(List.of(), null);
  }

  /** Counts the record and says which part of it to store. */
  public Admitted admit(LogRecord record) {
    var tally = tally(record.source());
    int length = record.content().length;
    if (length == 0 || tally.full() || isOneTooMany(record.source())) {
      return Admitted.NOTHING;
    }
    if (tally.bytes() + length <= LIMIT) {
      tallies.put(record.source(), new Tally(tally.bytes() + length, false));
      return new Admitted(pieces(record, length), null);
    }
    int room = (int) (LIMIT - tally.bytes());
    int kept = room - RecordBoundaries.cutCharacter(record.content(), 0, room);
    tallies.put(record.source(), new Tally(tally.bytes() + kept, true));
    return new Admitted(pieces(record, kept), notice(record));
  }

  public long bytes(LogSource source) {
    return tally(source).bytes();
  }

  public Map<LogSource, Tally> tallies() {
    return tallies;
  }

  /** Sets the count of a source to its value before a restart. */
  public void restore(LogSource source, Tally tally) {
    tallies.put(source, tally);
  }

  /** Forgets all counts, since the log was deleted. */
  public void clear() {
    tallies.clear();
  }

  private Tally tally(LogSource source) {
    return tallies.getOrDefault(source, EMPTY);
  }

  /**
   * Whether the job has too many sources. Jobs have a handful; one that makes many must not use up
   * the memory.
   */
  private boolean isOneTooMany(LogSource source) {
    return !tallies.containsKey(source)
        && (tallies.size() >= MOST_SOURCES || source.path().length() > LONGEST_PATH);
  }

  private static List<LogRecord> pieces(LogRecord record, int length) {
    var content = record.content();
    if (length == content.length && length <= LARGEST_RECORD) {
      return List.of(record);
    }
    var pieces = new ArrayList<LogRecord>();
    for (int from = 0; from < length; ) {
      int to = length - from <= LARGEST_RECORD
          ? length
          : RecordBoundaries.best(content, from, from + LARGEST_RECORD);
      pieces.add(with(record, Arrays.copyOfRange(content, from, to)));
      from = to;
    }
    return pieces;
  }

  private static LogRecord notice(LogRecord cut) {
    var text = "\n[datasphere-emulator] "
        + label(cut.source())
        + " is cut here: its limit of "
        + (LIMIT >> 20)
        + " MB is reached. The job goes on.\n";
    return with(cut, text.getBytes(UTF_8));
  }

  private static String label(LogSource source) {
    return switch (source.kind()) {
      case STDOUT -> "stdout";
      case STDERR -> "stderr";
      case FILE -> source.path();
    };
  }

  private static LogRecord with(LogRecord record, byte[] content) {
    return new LogRecord(record.source(), record.createdAt(), content);
  }
}
