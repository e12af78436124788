package io.github.datasphere.emulator.time;

import java.time.Duration;
import java.time.Instant;

/** Adds times to moments, however long the times are. */
public final class Moments {
  /** The latest moment of the API, whose times end with the year 9999. */
  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Moments() {}

  /** Returns the moment this much later; if that is beyond any {@link Instant}, the latest one. */
  public static Instant after(Instant instant, Duration time) {
    return time.compareTo(between(instant, Instant.MAX)) > 0 ? Instant.MAX : instant.plus(time);
  }

  /** Whether the API can express the moment this much later. */
  public static boolean canPass(Instant now, Duration time) {
    return time.compareTo(between(now, LATEST)) <= 0;
  }

  /**
   * As {@link Duration#between}, which over more than 292 years first makes an exception of its own
   * and catches it: a fifth of the time of a job on virtual time.
   */
  private static Duration between(Instant from, Instant to) {
    return Duration.ofSeconds(
        to.getEpochSecond() - from.getEpochSecond(), (long) to.getNano() - from.getNano());
  }
}
