package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Value;
import java.util.List;

/**
 * Instance types and what this machine gives for them.
 *
 * @param offered names of the types on offer; empty for all
 * @param own types beside the service's; one of the same name replaces it
 */
public record SizingConfig(
    Fit fit, List<String> offered, List<OwnInstanceType> own, Capacity capacity) {
  public SizingConfig {
    offered = List.copyOf(offered);
    own = List.copyOf(own);
  }

  public static SizingConfig defaults() {
    return new SizingConfig(Fit.CLAMP, List.of(), List.of(), Capacity.unlimited());
  }

  public SizingConfig with(Capacity changed) {
    return new SizingConfig(fit, offered, own, changed);
  }

  static SizingConfig read(Fields fields, SizingConfig base) {
    var types = fields.read("instance-types", base, value -> described(value, base));
    return new SizingConfig(
        fields.read("fit", base.fit, value -> value.oneOf(Fit.class)),
        types.offered,
        types.own,
        fields.read("capacity", base.capacity, Capacity::read));
  }

  private static SizingConfig described(Value value, SizingConfig base) {
    var fields = Fields.of(value);
    var offered = fields.read("offered", base.offered, v -> v.list(Value::text));
    var own = fields.read(
        "own",
        base.own,
        v -> List.copyOf(Fields.mapWithKeys(v, OwnInstanceType::read).values()));
    fields.end();
    return new SizingConfig(base.fit, offered, own, base.capacity);
  }
}
