package io.github.datasphere.emulator.runner.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Cuts output into lines without their ends; an endless line is passed on in pieces. */
public final class LineSink implements EndMark.Sink, AutoCloseable {
  private static final int LONGEST = 16 * 1024;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private String last = "";

  public LineSink(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r' || line.size() == LONGEST) {
        close();
      }
      if (bytes[i] != '\n' && bytes[i] != '\r') {
        line.write(bytes[i]);
      }
    }
  }

  /** Passes on the last line, which has no end yet. */
  @Override
  public void close() {
    if (line.size() > 0) {
      last = line.toString(UTF_8);
      lines.accept(last);
      line.reset();
    }
  }

  /** Returns the last line that was passed on; empty if there was none. */
  public String last() {
    return last;
  }
}
