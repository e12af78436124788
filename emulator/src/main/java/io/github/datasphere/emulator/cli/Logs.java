package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.config.LogLevel;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets the logging backend of the executable up; it reads its settings at its first use. */
final class Logs {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private static final String LATE_ANSWERS =
      "io.grpc.netty.shaded.io.netty.util.concurrent.DefaultPromise.rejectedExecution";

  /** Referenced here, since the JDK forgets the settings of unreferenced loggers. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private Logs() {}

  /**
   * Sets how much our own parts log on standard error.
   *
   * @param level level of our own parts; libraries log warnings only, since some of them print
   *     tokens at a lower level
   * @param withTime whether lines have the time: for a server, whose lines are read later
   */
  static void level(LogLevel level, boolean withTime) {
    var name = level.name().toLowerCase(Locale.ROOT);
    System.setProperty(PREFIX + "log.io.github.datasphere", name);
    System.setProperty(PREFIX + "defaultLogLevel", level == LogLevel.ERROR ? name : "warn");
    // Netty takes an answer that comes after the server's end for an error
    System.setProperty(PREFIX + "log." + LATE_ANSWERS, "off");
    System.setProperty(PREFIX + "showDateTime", Boolean.toString(withTime));
    System.setProperty(PREFIX + "dateTimeFormat", "HH:mm:ss.SSS");
    System.setProperty(PREFIX + "showThreadName", "false");
    System.setProperty(PREFIX + "showLogName", "false");
    System.setProperty(PREFIX + "showShortLogName", Boolean.toString(withTime));
    // gRPC warns with a stack trace whenever a client ends, though nothing is wrong
    GRPC.setLevel(level.compareTo(LogLevel.DEBUG) >= 0 ? Level.WARNING : Level.SEVERE);
  }
}
