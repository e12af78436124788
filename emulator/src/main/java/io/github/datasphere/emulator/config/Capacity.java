package io.github.datasphere.emulator.config;

import java.util.Optional;
import java.util.OptionalDouble;

/** How much may run at once; what goes beyond waits in PREPARING. Empty is without limit. */
public record Capacity(OptionalDouble cpus, Optional<ByteSize> memory) {
  public Capacity {
    cpus.ifPresent(Capacity::positive);
  }

  public static Capacity unlimited() {
    return new Capacity(OptionalDouble.empty(), Optional.empty());
  }

  static Capacity read(Value value) {
    var fields = value.fields();
    var cpus =
        fields.read("cpus", OptionalDouble.empty(), v -> OptionalDouble.of(positive(v.number())));
    var memory = fields.readIfThere("memory", Value::size);
    fields.end();
    return new Capacity(cpus, memory);
  }

  private static double positive(double number) {
    if (!(number > 0)) {
      throw new IllegalArgumentException("cpus must be more than 0, not " + number);
    }
    return number;
  }
}
