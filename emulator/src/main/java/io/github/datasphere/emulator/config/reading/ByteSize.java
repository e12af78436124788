package io.github.datasphere.emulator.config.reading;

import java.util.Locale;
import java.util.regex.Pattern;

/** An amount of memory or storage. */
public record ByteSize(long bytes) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)i?b?");

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative: " + bytes);
    }
  }

  /**
   * Reads {@code 512m}, {@code 16g} or plain bytes; units are powers of 1024.
   *
   * @throws IllegalArgumentException if the text is not such a size
   */
  public static ByteSize parse(String text) {
    var match = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "expected a size such as 512m or 16g, found \"" + text + '"');
    }
    var shift = 10 * " kmgt".indexOf(match.group(2).isEmpty() ? " " : match.group(2));
    try {
      return new ByteSize(Math.multiplyExact(Long.parseLong(match.group(1)), 1L << shift));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("\"" + text + "\" is larger than any size", e);
    }
  }

  /** Writes it as {@link #parse} reads it, in the largest unit that needs no fraction. */
  @Override
  public String toString() {
    int unit = bytes == 0 ? 0 : Math.min(4, Long.numberOfTrailingZeros(bytes) / 10);
    return (bytes >> (10 * unit)) + " kmgt".substring(unit, unit + 1).strip();
  }
}
