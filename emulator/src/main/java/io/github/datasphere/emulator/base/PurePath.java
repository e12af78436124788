package io.github.datasphere.emulator.base;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A path as Python's {@code pathlib} writes it: no empty and no {@code .} parts, but {@code ..} as
 * it stands. The official client writes folders in its requests like this.
 *
 * @param text the path, {@code .} for nothing
 */
public record PurePath(String text) {
  /** Makes one from a path with slashes. */
  public static PurePath of(String path) {
    var start = path.startsWith("/") ? "/" : "";
    var parts = Arrays.stream(path.split("/"))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .collect(Collectors.joining("/"));
    return new PurePath(parts.isEmpty() && start.isEmpty() ? "." : start + parts);
  }

  /** Returns the last part. */
  public String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }
}
