package io.github.datasphere.emulator.config;

import java.util.Optional;
import java.util.OptionalInt;

/** How much may run at once; what goes beyond waits in PREPARING. Empty is without limit. */
public record Capacity(OptionalInt jobs, OptionalInt cpus, Optional<ByteSize> memory) {
  public Capacity {
    jobs.ifPresent(number -> positive("jobs", number));
    cpus.ifPresent(number -> positive("cpus", number));
  }

  public static Capacity unlimited() {
    return new Capacity(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
  }

  static Capacity read(Value value) {
    var fields = value.fields();
    var jobs = readNumber(fields, "jobs");
    var cpus = readNumber(fields, "cpus");
    var memory = fields.readIfThere("memory", Value::size);
    fields.end();
    return new Capacity(jobs, cpus, memory);
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
