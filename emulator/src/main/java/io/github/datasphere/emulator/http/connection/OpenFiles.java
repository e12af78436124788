package io.github.datasphere.emulator.http.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** How many files and connections this process may have open at once. */
public final class OpenFiles {
  private static final Path LIMITS = Path.of("/proc/self/limits");

  /** The second number: Java raises its own limit up to that. */
  private static final Pattern LIMIT = Pattern.compile("Max open files\\s+\\S+\\s+(\\d+)");

  /** Java's own limit on macOS is 10,240. */
  private static final int ELSEWHERE = 8_000;

  private OpenFiles() {}

  /** Returns this many, or half of what the process may have open if that is less. */
  public static int atMost(int many) {
    return (int) Math.min(many, most() / 2);
  }

  private static long most() {
    try {
      return Files.isReadable(LIMITS) ? parsed(Files.readString(LIMITS)) : ELSEWHERE;
    } catch (IOException e) {
      return ELSEWHERE;
    }
  }

  static long parsed(String limits) {
    var found = LIMIT.matcher(limits);
    return found.find() ? Long.parseLong(found.group(1)) : ELSEWHERE;
  }
}
