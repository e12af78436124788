package io.github.datasphere.emulator.logs.segment;

import io.github.datasphere.emulator.logs.LogRecord;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What the medium did not take yet: a little of it is kept, the rest only counted. */
final class Unwritten {
  /** Some seconds of a program that prints much; of one that prints little all it says. */
  private static final int MOST_BYTES = 256 << 10;

  private final Queue<Item> items = new ArrayDeque<>();
  private int bytes;
  private long lostBytes;
  private @Nullable Item lastLost;

  /**
   * A record that waits.
   *
   * @param bytesOfSource up to and with it
   */
  record Item(Frame.Kind kind, LogRecord record, long bytesOfSource) {
    int length() {
      return record.content().length;
    }
  }

  /** Whether all is written. */
  boolean isEmpty() {
    return items.isEmpty() && lastLost == null;
  }

  /** The oldest that is kept; null if there is none. */
  @Nullable
  Item first() {
    return items.peek();
  }

  /** The first one is written now. */
  void removeFirst() {
    bytes -= items.remove().length();
  }

  /** Once one was not kept none is, until those are told of: there is one gap, at one place. */
  void add(Item item) {
    if (lastLost == null && bytes + item.length() <= MOST_BYTES) {
      items.add(item);
      bytes += item.length();
    } else {
      lose(item, item.length());
    }
  }

  /** So many bytes are not kept, up to and with this record. */
  void lose(Item last, long count) {
    lostBytes += count;
    lastLost = last;
  }

  /** So many bytes come after those that are kept, and are lost. */
  long lostBytes() {
    return lostBytes;
  }

  /** The last of them; null if there is none. */
  @Nullable
  Item lastLost() {
    return lastLost;
  }

  /** The log tells of those that are lost. */
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
