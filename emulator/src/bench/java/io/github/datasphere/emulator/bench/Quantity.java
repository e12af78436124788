package io.github.datasphere.emulator.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** A measured value with its unit, as it is to be printed. */
public record Quantity(double value, String unit) {

  /** A duration, in milliseconds. */
  public static Quantity of(Duration duration) {
    return new Quantity(duration.toNanos() / 1e6, "ms");
  }

  /** The middle one of several measurements. */
  public static Quantity median(double[] values, String unit) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return new Quantity(sorted[sorted.length / 2], unit);
  }

  /** How many times this is the other. */
  public double ratioTo(Quantity other) {
    if (!unit.equals(other.unit)) {
      throw new IllegalArgumentException("cannot compare " + this + " with " + other);
    }
    return value / other.value;
  }

  /** Three significant digits; whole numbers from a thousand on. */
  @Override
  public String toString() {
    var magnitude = Math.abs(value);
    var format = magnitude >= 100
        ? "%,.0f %s"
        : magnitude >= 10 ? "%.1f %s" : magnitude >= 1 ? "%.2f %s" : "%.3f %s";
    return String.format(Locale.ROOT, format, value, unit);
  }
}
