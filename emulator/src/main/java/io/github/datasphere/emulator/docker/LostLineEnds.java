package io.github.datasphere.emulator.docker;

import java.io.IOException;

/**
 * Gives lines in an engine's log the ends that its log driver {@code local} loses: the driver
 * splits a line of more than 16 KiB into entries, and the last of them comes without the newline
 * (seen with Docker 20.10). What follows an entry of exactly 16 KiB is therefore the end of a line
 * if it is shorter. Only one thread may use it.
 */
final class LostLineEnds {
  private static final int LARGEST_ENTRY = 16 * 1024;
  private static final int STREAMS = 3;

  private final byte[] newline = {'\n'};
  private final boolean[] isSplit = new boolean[STREAMS];
  private boolean losesEnds;

  /** Takes what an engine's log has. The bytes are valid only during the call. */
  @FunctionalInterface
  interface Sink {
    void accept(int stream, byte[] bytes, int offset, int length) throws IOException;
  }

  /**
   * Passes on an entry of the log, and an end of a line where one is missing.
   *
   * @param entry the bytes, of which the first {@code length} count
   */
  void pass(int stream, byte[] entry, int length, Sink sink) throws IOException {
    boolean isLine = length > 0 && entry[length - 1] == '\n';
    boolean follows = isSplit[stream];
    isSplit[stream] = !isLine && length == LARGEST_ENTRY;
    if (follows && isLine && losesEnds) {
      // The line before ended with its entry: this driver gives no newline to the end of a split
      // one
      sink.accept(stream, newline, 0, 1);
    }
    sink.accept(stream, entry, 0, length);
    if (follows && !isLine && !isSplit[stream]) {
      losesEnds = true;
      sink.accept(stream, newline, 0, 1);
    }
  }
}
