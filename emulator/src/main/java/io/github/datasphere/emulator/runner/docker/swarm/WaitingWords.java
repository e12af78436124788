package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.runner.SystemLog;
import java.util.Locale;

/** Tells a job why it waits for a place, each reason once after the other. */
final class WaitingWords {
  private static final double GIB = 1L << 30;

  private final SystemLog log;
  private String said = "";

  WaitingWords(SystemLog log) {
    this.log = log;
  }

  void say(String why) {
    if (!why.isEmpty() && !why.equals(said)) {
      log.info("Waiting for a place in the swarm: " + why);
      said = why;
    }
  }

  boolean isSaid() {
    return !said.isEmpty();
  }

  static String size(double cpus, long memory) {
    return String.format(Locale.ROOT, "%.1f vCPU, %.1f GiB", cpus, memory / GIB);
  }
}
