package io.github.datasphere.emulator.job;

import java.time.Duration;
import java.time.Instant;

/** Moments that lie some time after others, however much that is. */
public final class Moments {
  /** What the API can tell: its times end with the year 9999. */
  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Moments() {}

  /** So much later; never, if that is beyond what an {@link Instant} can be. */
  public static Instant after(Instant instant, Duration time) {
    var most = Duration.between(instant, Instant.MAX);
    return time.compareTo(most) > 0 ? Instant.MAX : instant.plus(time);
  }

  /** Whether so much later is a moment that the API can tell. */
  public static boolean canPass(Instant now, Duration time) {
    return time.compareTo(Duration.between(now, LATEST)) <= 0;
  }
}
