package io.github.datasphere.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * When a process began, to tell it from a later one with the same id. Not as a time of the clock:
 * what Java gives changes when the clock is set, so that a living process would look dead.
 */
public final class ProcessBirth {
  /** Counted after the name of the program, which may hold anything. */
  private static final int START_FIELD = 19;

  private ProcessBirth() {}

  /** Ticks since the machine's start, or milliseconds where that is not told; 0 if nothing is. */
  public static long of(ProcessHandle process) {
    try {
      var status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      var fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
      return Long.parseLong(fields[START_FIELD]);
    } catch (IOException e) {
      return process
          .info()
          .startInstant()
          .map(instant -> instant.toEpochMilli())
          .orElse(0L);
    }
  }
}
