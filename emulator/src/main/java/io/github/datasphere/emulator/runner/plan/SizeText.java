package io.github.datasphere.emulator.runner.plan;

import java.util.List;
import java.util.Locale;

/** Writes sizes as people read them. */
public final class SizeText {
  private static final int STEP = 1024;
  private static final List<String> UNITS = List.of("KB", "MB", "GB", "TB", "PB", "EB");

  private SizeText() {}

  /** Returns a text such as {@code 43.7 KB}. */
  public static String text(long bytes) {
    if (bytes < STEP) {
      return bytes + " bytes";
    }
    double size = bytes;
    int unit = -1;
    while (size >= STEP && unit < UNITS.size() - 1) {
      size /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, UNITS.get(unit));
  }
}
