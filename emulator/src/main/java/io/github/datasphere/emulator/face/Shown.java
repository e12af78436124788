package io.github.datasphere.emulator.face;

import java.util.Locale;
import java.util.Map;

/** As what a browser may show files of users. Text is the rule; scripts never run. */
final class Shown {
  private static final Map<String, String> TYPES = Map.of(
      "png", "image/png",
      "jpg", "image/jpeg",
      "jpeg", "image/jpeg",
      "gif", "image/gif",
      "webp", "image/webp",
      "svg", "image/svg+xml",
      "html", "text/html; charset=utf-8",
      "htm", "text/html; charset=utf-8");

  private Shown() {}

  static String type(String name) {
    var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(extension, "text/plain; charset=utf-8");
  }
}
