package io.github.datasphere.emulator.client.config;

import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Sizes as the official client reads and writes them: {@code 120 Gb}, powers of 1024. */
public final class ClientSizes {
  static final long GIB = 1L << 30;

  private static final Pattern SIZE = Pattern.compile("([0-9]+)\\s*(?:([KMGTP])B)?");
  private static final String UNITS = " KMGTP";

  private ClientSizes() {}

  /** Returns the bytes; empty if the text is no size, or if it exceeds all bounds. */
  static OptionalLong parse(String text) {
    var matcher = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    int power = matcher.group(2) == null ? 0 : UNITS.indexOf(matcher.group(2));
    var bytes = new BigInteger(matcher.group(1)).shiftLeft(10 * power);
    return bytes.bitLength() > 62 ? OptionalLong.empty() : OptionalLong.of(bytes.longValue());
  }

  static String explain(String text) {
    return "`" + text + "` is no size: write a whole number and KB, MB, GB or TB, such as `120GB`";
  }

  /** Returns a text such as {@code 43.7KB}. */
  public static String humanize(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length() - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, "%.1f%sB", size, UNITS.substring(unit, unit + 1).strip());
  }
}
