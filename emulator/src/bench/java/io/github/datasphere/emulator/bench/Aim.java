package io.github.datasphere.emulator.bench;

import java.util.Locale;

/** What a figure should reach: a bound on the value itself, or on its ratio to the peer. */
public record Aim(Measured of, Bound bound, double limit, String unit) {

  /** What the bound applies to. */
  public enum Measured {
    VALUE,
    RATIO
  }

  /** On which side of the limit is good. */
  public enum Bound {
    AT_MOST,
    AT_LEAST
  }

  /** The value is at most this. */
  public static Aim atMost(double limit, String unit) {
    return new Aim(Measured.VALUE, Bound.AT_MOST, limit, unit);
  }

  /** The value is at least this. */
  public static Aim atLeast(double limit, String unit) {
    return new Aim(Measured.VALUE, Bound.AT_LEAST, limit, unit);
  }

  /** The value is at most this many times the peer. */
  public static Aim atMostTimesPeer(double limit) {
    return new Aim(Measured.RATIO, Bound.AT_MOST, limit, "x");
  }

  /** The value is at least this many times the peer. */
  public static Aim atLeastTimesPeer(double limit) {
    return new Aim(Measured.RATIO, Bound.AT_LEAST, limit, "x");
  }

  boolean isMetBy(Result result) {
    var actual = of == Measured.VALUE ? result.measured().value() : result.ratio();
    return bound == Bound.AT_MOST ? actual <= limit : actual >= limit;
  }

  @Override
  public String toString() {
    var number = limit == Math.rint(limit)
        ? String.format(Locale.ROOT, "%.0f", limit)
        : String.valueOf(limit);
    return (bound == Bound.AT_MOST ? "<= " : ">= ") + number + " " + unit;
  }
}
