package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.config.LogLevel;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets the logging backend of the executable up; it reads its settings at its first use. */
final class Logs {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  /** Kept, since the JDK forgets the settings of loggers that nobody holds. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private Logs() {}

  /**
   * Lets our own parts tell this much, on standard error.
   *
   * @param level of ours; libraries are heard from warnings on, since in more detail some of them
   *     print tokens
   * @param withTime for a server, whose lines are read later; a command's are read as they come
   */
  static void level(LogLevel level, boolean withTime) {
    var name = level.name().toLowerCase(Locale.ROOT);
    System.setProperty(PREFIX + "log.io.github.datasphere", name);
    System.setProperty(PREFIX + "defaultLogLevel", level == LogLevel.ERROR ? name : "warn");
    System.setProperty(PREFIX + "showDateTime", Boolean.toString(withTime));
    System.setProperty(PREFIX + "dateTimeFormat", "HH:mm:ss.SSS");
    System.setProperty(PREFIX + "showThreadName", "false");
    System.setProperty(PREFIX + "showLogName", "false");
    System.setProperty(PREFIX + "showShortLogName", Boolean.toString(withTime));
    // Its warnings are the ends of clients, each with a stack trace: nothing is wrong here
    GRPC.setLevel(level.compareTo(LogLevel.DEBUG) >= 0 ? Level.WARNING : Level.SEVERE);
  }
}
