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
 * separator, the token, a space, the {@link Report}, a newline. Nothing that merely writes can
 * forge it; what is promised of the token says {@link Supervisor}.
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

  /** Takes output as it comes; the bytes are valid during the call only. */
  @FunctionalInterface
  public interface Sink {
    void accept(byte[] bytes, int offset, int length) throws IOException;
  }

  /**
   * Passes the output on until it ends; reads not a byte beyond the mark.
   *
   * @return what the mark tells; empty if the stream broke off without one
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
   * Passes on what has come of the output, but for what may become the mark.
   *
   * @return what the mark tells once it is complete; nothing may come after it
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

  /** The stream broke off: what might have become the mark is output. */
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

  /** Where the mark, or what may become it, begins; the end of the buffer if nowhere. */
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

  /** Where the report of a complete mark at the buffer's begin ends; 0 if it is not complete. */
  private int reportEnd() {
    for (int i = start.length; i < filled; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return filled < buffer.length ? 0 : filled;
  }
}
