package io.github.datasphere.emulator.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that prints whole lines, in pieces such as {@code "loss", " ", "0.37", "\n"}, through
 * the buffer of its language; gives what it writes to its stdout, write by write.
 */
final class BufferedProgram {
  private static final int PYTHON_TEXT = 8192;
  private static final int CXX_DIRECT = 1024;

  private final Buffer buffer;
  private final List<byte[]> writes = new ArrayList<>();
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  BufferedProgram(Buffer buffer) {
    this.buffer = buffer;
  }

  /** How it gathers output, as seen at pipes of real programs. */
  enum Buffer {
    /** C, mawk, Go: full to the last byte. */
    EXACT_4_KIB(4096),
    /** Perl, Ruby, PHP. */
    EXACT_8_KIB(8192),
    EXACT_64_KIB(65536),
    /** Text is gathered up to 8 KiB, not beyond a piece, and so are gathered texts. */
    PYTHON(8192),
    /** Since Python 3.14. */
    PYTHON_128_KIB(128 << 10),
    /** A piece that has no room goes out together with the buffer. */
    CXX(8191),
    /** Emptied before a piece that has no room. */
    RUST(8192);

    private final int size;

    Buffer(int size) {
      this.size = size;
    }

    /** Whether it is always full when it is written, however long the pieces are. */
    boolean isExact() {
      return switch (this) {
        case EXACT_4_KIB, EXACT_8_KIB, EXACT_64_KIB -> true;
        case PYTHON, PYTHON_128_KIB, CXX, RUST -> false;
      };
    }
  }

  /** Prints a line; what it writes meanwhile comes without a pause in between. */
  List<byte[]> print(List<String> pieces) {
    pieces.forEach(this::put);
    return taken();
  }

  /** What is left when it ends. */
  List<byte[]> end() {
    keep(text.toByteArray());
    flush();
    return taken();
  }

  private void put(String piece) {
    var bytes = piece.getBytes(UTF_8);
    switch (buffer) {
      case EXACT_4_KIB, EXACT_8_KIB, EXACT_64_KIB -> fill(bytes);
      case PYTHON, PYTHON_128_KIB -> gather(bytes);
      case CXX -> {
        if (bytes.length >= Math.min(CXX_DIRECT, buffer.size - held.size())) {
          held.writeBytes(bytes);
          flush();
        } else {
          held.writeBytes(bytes);
        }
      }
      case RUST -> keep(bytes);
    }
  }

  private List<byte[]> taken() {
    var taken = List.copyOf(writes);
    writes.clear();
    return taken;
  }

  private void fill(byte[] bytes) {
    for (byte each : bytes) {
      held.write(each);
      if (held.size() == buffer.size) {
        flush();
      }
    }
  }

  private void gather(byte[] bytes) {
    if (text.size() + bytes.length > PYTHON_TEXT) {
      keep(text.toByteArray());
      text.reset();
    }
    text.writeBytes(bytes);
    if (text.size() >= PYTHON_TEXT) {
      keep(text.toByteArray());
      text.reset();
    }
  }

  private void keep(byte[] bytes) {
    if (held.size() + bytes.length > buffer.size) {
      flush();
    }
    held.writeBytes(bytes);
    if (held.size() >= buffer.size) {
      flush();
    }
  }

  private void flush() {
    if (held.size() > 0) {
      writes.add(held.toByteArray());
      held.reset();
    }
  }
}
