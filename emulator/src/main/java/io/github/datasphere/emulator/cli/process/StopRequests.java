package io.github.datasphere.emulator.cli.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Tells requests to stop apart. One request may arrive as two signals: GNU {@code timeout} and npm
 * send one to their child and one to its whole group, and CI systems send TERM some seconds after
 * INT. So signals within a moment are one request, and only the same signal, sent again later, is a
 * second one.
 */
public final class StopRequests {
  /** Longer than machines take between two signals, and shorter than people take. */
  static final Duration MOMENT = Duration.ofMillis(500);

  private final LongSupplier nanos;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Long> passed = new HashMap<>();
  private long began;

  /** @param nanos tells the time as {@link System#nanoTime} does */
  public StopRequests(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** What a signal means. */
  public enum Meaning {
    /** The user asks to stop in order. */
    FIRST,
    /** This signal belongs to a request that was handled already. */
    SAME,
    /** The user does not want to wait any longer. */
    AGAIN
  }

  /** Returns what this signal means after those before it. */
  public synchronized Meaning meaning(String signal) {
    long now = nanos.getAsLong();
    boolean first = seen.isEmpty();
    boolean soon = !first && now - began < MOMENT.toNanos();
    if (!soon) {
      began = now;
    }
    boolean known = !seen.add(signal);
    return first ? Meaning.FIRST : known && !soon ? Meaning.AGAIN : Meaning.SAME;
  }

  /** Whether this very signal came a moment ago. */
  synchronized boolean isEcho(String signal) {
    long now = nanos.getAsLong();
    var before = passed.get(signal);
    if (before != null && now - before < MOMENT.toNanos()) {
      return true;
    }
    passed.put(signal, now);
    return false;
  }
}
