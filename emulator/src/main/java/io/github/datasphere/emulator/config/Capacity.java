package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.ByteSize;
import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Value;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How much may run at once; what goes beyond waits in PREPARING. Empty is without limit.
 *
 * @param jobs how many may be active at once; empty for any number
 * @param cpus how many all jobs together may take; empty for those of the machine, or for any
 *     number where jobs are plain processes
 * @param memory how much all jobs together may take; empty for that of the machine, or for any
 *     amount where jobs are plain processes
 * @param full what becomes of a job beyond {@code jobs}
 */
public record Capacity(
    OptionalInt jobs, OptionalInt cpus, Optional<ByteSize> memory, WhenFull full) {
  public Capacity {
    if (full == WhenFull.REFUSE && jobs.isEmpty()) {
      throw new IllegalArgumentException("full: refuse needs jobs beside it: say how many jobs may"
          + " be active, as in {jobs: 10, full: refuse}");
    }
    jobs.ifPresent(number -> positive("jobs", number));
    cpus.ifPresent(number -> positive("cpus", number));
  }

  public static Capacity unlimited() {
    return new Capacity(OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), WhenFull.QUEUE);
  }

  /**
   * Returns a capacity in which this many jobs may be active; further ones are refused as with the
   * service's quota.
   */
  public static Capacity quota(int jobs) {
    return unlimited().withQuota(jobs);
  }

  /** Returns the same capacity with a quota instead of its number of jobs. */
  public Capacity withQuota(int jobs) {
    return new Capacity(OptionalInt.of(jobs), cpus, memory, WhenFull.REFUSE);
  }

  static Capacity read(Value value) {
    var fields = Fields.of(value);
    var jobs = readNumber(fields, "jobs");
    var cpus = readNumber(fields, "cpus");
    var memory = fields.readIfThere("memory", Value::size);
    var full = fields.read("full", WhenFull.QUEUE, text -> text.oneOf(WhenFull.class));
    fields.end();
    return new Capacity(jobs, cpus, memory, full);
  }

  private static OptionalInt readNumber(Fields fields, String key) {
    return fields.read(
        key, OptionalInt.empty(), value -> OptionalInt.of(positive(key, value.integer())));
  }

  private static int positive(String key, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(key + " must be at least 1, not " + number);
    }
    return number;
  }
}
