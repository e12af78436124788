package io.github.datasphere.emulator.http;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file, both ends included.
 *
 * @param first first byte, counted from the start of the file
 * @param last last byte; smaller than {@code first} only if the range names no byte
 */
record ByteRange(long first, long last) {
  private static final Pattern ONE = Pattern.compile("bytes *= *(\\d{0,18})-(\\d{0,18})");

  long length() {
    return last - first + 1;
  }

  /** Whether it names any byte. */
  boolean isSatisfiable() {
    return first <= last;
  }

  /**
   * Reads a Range header. It ignores a header that it does not understand, and also several ranges
   * at once, as the standard allows.
   *
   * @param header null if there is none
   * @param size of the file, in bytes
   * @return empty if the whole file is to be sent
   */
  static Optional<ByteRange> parse(@Nullable String header, long size) {
    var range = ONE.matcher(header == null ? "" : header.strip());
    if (!range.matches()) {
      return Optional.empty();
    }
    var from = range.group(1);
    var to = range.group(2);
    if (from.isEmpty()) {
      return to.isEmpty() ? Optional.empty() : Optional.of(end(Long.parseLong(to), size));
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
    return last < first
        ? Optional.empty()
        : Optional.of(new ByteRange(first, Math.min(last, size - 1)));
  }

  private static ByteRange end(long length, long size) {
    return new ByteRange(length == 0 ? size : Math.max(0, size - length), size - 1);
  }

  /** Returns the value of a Content-Range header. */
  String of(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }
}
