package io.github.datasphere.emulator.replay;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time of a replay. Without a speed it goes on as far as the client has come, and waits for
 * nothing; with one it runs that many times as fast as the machine's clock. Safe for several
 * threads.
 */
final class Pace {
  private final LongSupplier nanos;
  private final double speed;
  private final long begin;
  private Duration now = Duration.ZERO;

  /** @param speed 0 for as fast as possible */
  Pace(double speed, LongSupplier nanos) {
    this.speed = speed;
    this.nanos = nanos;
    this.begin = nanos.getAsLong();
  }

  boolean isVirtual() {
    return speed == 0;
  }

  /** Returns the time since the session began. */
  synchronized Duration now() {
    if (!isVirtual()) {
      now = Duration.ofNanos((long) ((nanos.getAsLong() - begin) * speed));
    }
    return now;
  }

  /** Goes on to this time at least, if time is virtual. */
  synchronized void reach(Duration time) {
    if (isVirtual() && time.compareTo(now) > 0) {
      now = time;
    }
  }

  /** Returns how long the machine has to wait for this time; zero if it is there. */
  synchronized Duration until(Duration time) {
    if (isVirtual()) {
      return Duration.ZERO;
    }
    var left = time.minus(now());
    return left.isNegative() ? Duration.ZERO : Duration.ofNanos((long) (left.toNanos() / speed));
  }
}
