package io.github.datasphere.emulator.runner.plan;

import java.util.ArrayDeque;
import java.util.Optional;

/** Handles paths of clients, which are text with slashes on every machine. */
public final class Paths {
  private Paths() {}

  static String baseName(String path) {
    var clean = path.replaceFirst("/+$", "");
    return clean.substring(clean.lastIndexOf('/') + 1);
  }

  /**
   * Removes {@code .}, {@code ..} and empty segments; returns empty if the path is absolute, leads
   * out or contains NUL.
   */
  public static Optional<String> normalize(String path) {
    if (path.startsWith("/") || path.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    var segments = new ArrayDeque<String>();
    for (var segment : path.split("/")) {
      if (segment.equals("..") && segments.pollLast() == null) {
        return Optional.empty();
      }
      if (!segment.isEmpty() && !segment.equals(".") && !segment.equals("..")) {
        segments.addLast(segment);
      }
    }
    return Optional.of(String.join("/", segments));
  }
}
