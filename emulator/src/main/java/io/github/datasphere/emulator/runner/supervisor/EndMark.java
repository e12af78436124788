package io.github.datasphere.emulator.runner.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Splits a stream of a supervisor into the output of one script and the mark that ends it: a record
 * separator, the token, a space, the {@link Report}, a newline. A program that merely writes output
 * cannot forge it; {@link Supervisor} says what the token promises. Marks of other tokens may stand
 * in between: they are no output either.
 */
public final class EndMark {
  private static final int BUFFER = 64 * 1024;
  private static final byte SEPARATOR = 0x1e;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long EIGHT_ONES = 0x0101010101010101L;
  private static final long EIGHT_SEPARATORS = SEPARATOR * EIGHT_ONES;

  private final List<byte[]> starts;
  private final List<Token> tokens;
  private final Passed passed;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;

  public EndMark(Token token) {
    this(token, List.of(), mark -> {});
  }

  /**
   * Finds the mark that ends the output, and others in it.
   *
   * @param between tokens of marks that may come before, each as long as the other
   */
  public EndMark(Token token, List<Token> between, Passed passed) {
    this.tokens = Stream.concat(Stream.of(token), between.stream()).toList();
    this.starts = tokens.stream().map(EndMark::start).toList();
    this.passed = passed;
  }

  private static byte[] start(Token token) {
    return ((char) SEPARATOR + token.text() + " ").getBytes(StandardCharsets.US_ASCII);
  }

  /** Learns of a mark that does not end the output, between what came before it and after it. */
  @FunctionalInterface
  public interface Passed {
    void mark(Token token) throws IOException;
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
    while (true) {
      int mark = find();
      pass(sink, mark);
      drop(mark);
      int end = reportEnd();
      if (end == 0) {
        return Optional.empty();
      }
      int which = startAt(0);
      if (which == 0) {
        int begin = starts.get(0).length;
        return Optional.of(
            Report.of(new String(buffer, begin, end - begin, StandardCharsets.UTF_8)));
      }
      drop(Math.min(end + 1, filled));
      passed.mark(tokens.get(which));
    }
  }

  private void drop(int length) {
    System.arraycopy(buffer, length, buffer, 0, filled - length);
    filled -= length;
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
      } else if (buffer[i] == SEPARATOR && startAt(i) >= 0) {
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

  /** Returns which mark begins there, as far as can be seen; -1 if none does. */
  private int startAt(int at) {
    for (int i = 0; i < starts.size(); i++) {
      var start = starts.get(i);
      int length = Math.min(filled - at, start.length);
      if (Arrays.equals(buffer, at, at + length, start, 0, length)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns where the report ends in a mark at the start of the buffer; 0 if it is not complete.
   */
  private int reportEnd() {
    for (int i = starts.get(0).length; i < filled; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return filled < buffer.length ? 0 : filled;
  }
}
