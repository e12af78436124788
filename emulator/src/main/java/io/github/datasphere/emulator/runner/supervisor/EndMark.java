package io.github.datasphere.emulator.runner.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Splits a stream of a supervisor into the output of one script and the mark that ends it: a record
 * separator, the token, a space, the {@link Report}, a newline. A program that merely writes output
 * cannot forge it; {@link Supervisor} says what the token promises.
 */
public final class EndMark {
  private static final int BUFFER = 64 * 1024;
  private static final byte SEPARATOR = 0x1e;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long EIGHT_ONES = 0x0101010101010101L;
  private static final long EIGHT_SEPARATORS = SEPARATOR * EIGHT_ONES;

  private final byte[] start;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;

  public EndMark(Token token) {
    this.start = ((char) SEPARATOR + token.text() + " ").getBytes(StandardCharsets.US_ASCII);
  }

  /** Takes output as it comes. The bytes are valid only during the call. */
  @FunctionalInterface
  public interface Sink {
    void accept(byte[] bytes, int offset, int length) throws IOException;
  }

  /**
   * Passes the output on until it ends; reads not a byte beyond the mark.
   *
   * @return the report in the mark; empty if the stream broke off without one
   */
  public Optional<Report> copy(InputStream in, Sink sink) throws IOException {
    while (true) {
      int count = in.read(buffer, filled, buffer.length - filled);
      if (count < 0) {
        end(sink);
        return Optional.empty();
      }
      filled += count;
      var report = advance(sink);
      if (report.isPresent()) {
        return report;
      }
    }
  }

  /**
   * Passes on the output that has come, but holds back bytes that may become the mark.
   *
   * @return the report once the mark is complete; nothing may come after it
   */
  public Optional<Report> take(byte[] bytes, int offset, int length, Sink sink) throws IOException {
    var report = Optional.<Report>empty();
    for (int done = 0; done < length && report.isEmpty(); ) {
      int part = Math.min(length - done, buffer.length - filled);
      System.arraycopy(bytes, offset + done, buffer, filled, part);
      filled += part;
      done += part;
      report = advance(sink);
    }
    return report;
  }

  /** Notes that the stream broke off: bytes that might have become the mark are output. */
  public void end(Sink sink) throws IOException {
    pass(sink, filled);
    filled = 0;
  }

  private Optional<Report> advance(Sink sink) throws IOException {
    int mark = find();
    pass(sink, mark);
    System.arraycopy(buffer, mark, buffer, 0, filled - mark);
    filled -= mark;
    int end = reportEnd();
    return end > 0
        ? Optional.of(
            Report.of(new String(buffer, start.length, end - start.length, StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  private void pass(Sink sink, int length) throws IOException {
    if (length > 0) {
      sink.accept(buffer, 0, length);
    }
  }

  /**
   * Returns where the mark, or the beginning of one, begins; the end of the buffer if there is
   * none.
   */
  private int find() {
    int i = 0;
    while (i < filled) {
      if (i + Long.BYTES <= filled && !isSeparatorAmong((long) EIGHT_BYTES.get(buffer, i))) {
        i += Long.BYTES;
      } else if (buffer[i] == SEPARATOR && mayBegin(i)) {
        return i;
      } else {
        i++;
      }
    }
    return filled;
  }

  /** Looks at eight bytes at once: output is searched as fast as it can be read. */
  private static boolean isSeparatorAmong(long bytes) {
    long zeroIfEqual = bytes ^ EIGHT_SEPARATORS;
    return (zeroIfEqual - EIGHT_ONES & ~zeroIfEqual & EIGHT_ONES << 7) != 0;
  }

  private boolean mayBegin(int at) {
    int length = Math.min(filled - at, start.length);
    return Arrays.equals(buffer, at, at + length, start, 0, length);
  }

  /**
   * Returns where the report ends in a mark at the start of the buffer; 0 if it is not complete.
   */
  private int reportEnd() {
    for (int i = start.length; i < filled; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return filled < buffer.length ? 0 : filled;
  }
}
