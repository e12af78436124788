package io.github.datasphere.emulator.logs.segment;

import io.github.datasphere.emulator.logs.LogRecord;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Records that the medium did not take yet. The first of them are kept; the rest is only counted.
 */
final class UnwrittenRecords {
  /**
   * Enough for some seconds of a program that prints much, and for all of one that prints little.
   */
  private static final int MOST_BYTES = 256 << 10;

  private final Queue<Item> items = new ArrayDeque<>();
  private int bytes;
  private long lostBytes;
  private @Nullable Item lastLost;

  /**
   * A record that waits.
   *
   * @param bytesOfSource bytes of its source up to and with this record
   */
  record Item(Frame.Kind kind, LogRecord record, long bytesOfSource) {
    int length() {
      return record.content().length;
    }
  }

  /** Whether nothing waits or is lost: everything is written. */
  boolean isEmpty() {
    return items.isEmpty() && lastLost == null;
  }

  /** Returns the oldest record that is kept; null if there is none. */
  @Nullable
  Item first() {
    return items.peek();
  }

  /** Removes the first record, which is written now. */
  void removeFirst() {
    bytes -= items.remove().length();
  }

  /**
   * Adds a record. After one record was lost, all further ones are lost too until the log tells of
   * them, so that there is one gap at one place.
   */
  void add(Item item) {
    if (lastLost == null && bytes + item.length() <= MOST_BYTES) {
      items.add(item);
      bytes += item.length();
    } else {
      lose(item, item.length());
    }
  }

  /** Counts bytes that are lost, up to and with this record. */
  void lose(Item last, long count) {
    lostBytes += count;
    lastLost = last;
  }

  /** Returns how many bytes after the kept records are lost. */
  long lostBytes() {
    return lostBytes;
  }

  /** Returns the last lost record; null if there is none. */
  @Nullable
  Item lastLost() {
    return lastLost;
  }

  /** Notes that the log now tells of the lost records. */
  void lostAreTold() {
    lostBytes = 0;
    lastLost = null;
  }

  void clear() {
    items.clear();
    bytes = 0;
    lostAreTold();
  }
}
