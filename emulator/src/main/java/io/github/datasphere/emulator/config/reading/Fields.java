package io.github.datasphere.emulator.config.reading;

import io.github.datasphere.emulator.base.Nearest;
import io.github.datasphere.emulator.base.PathErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The keys of one mapping. A key that is asked for counts as known; {@link #end} reports all
 * others. A wrong value is reported and its fallback taken, so that one reading finds all problems.
 */
public final class Fields {
  private record Entry(ScalarNode key, Value value) {}

  private final Value holder;
  private final String prefix;
  private final Map<String, Value> overrides;
  private final Set<String> skipped;
  private final Map<String, Entry> written = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  /**
   * Reads the keys of a mapping; any other kind of value is reported.
   *
   * @param overrides values of flags and variables, by key
   * @param skipped keys whose values do not count here
   */
  public Fields(Value holder, String prefix, Map<String, Value> overrides, Set<String> skipped) {
    this.holder = holder;
    this.prefix = prefix;
    this.overrides = overrides;
    this.skipped = skipped;
    if (holder.node() instanceof MappingNode mapping) {
      mapping.getValue().forEach(entry -> add(entry.getKeyNode(), entry.getValueNode()));
    }
  }

  /**
   * Reads the keys of a mapping.
   *
   * @throws Value.ProblemException if it is something else
   */
  public static Fields of(Value value) {
    if (value.node() instanceof MappingNode) {
      return new Fields(value, value.name() + '.', Map.of(), Set.of());
    }
    throw value.expected("keys with values");
  }

  public static <T> Map<String, T> map(Value mapping, Function<Value, T> each) {
    return mapWithKeys(mapping, (key, value) -> each.apply(value));
  }

  /** Returns the entries of a mapping in their order; keys are read as text. */
  public static <T> Map<String, T> mapWithKeys(Value mapping, BiFunction<String, Value, T> each) {
    var fields = of(mapping);
    var entries = new LinkedHashMap<String, T>();
    for (var key : fields.written.keySet()) {
      fields.readIfThere(key, value -> each.apply(key, value)).ifPresent(v -> entries.put(key, v));
    }
    return entries;
  }

  /** Returns a secret, written as the text itself, {@code {env: NAME}} or {@code {file: PATH}}. */
  public static Secret secret(Value value) {
    if (value.isScalar()) {
      return new Secret(value.text());
    }
    var fields = of(value);
    if (fields.written.keySet().equals(Set.of("env"))) {
      return fields.require("env", Fields::fromEnvironment);
    }
    if (fields.written.keySet().equals(Set.of("file"))) {
      return fields.require("file", Fields::fromFile);
    }
    throw value.problem("expected text, {env: NAME} or {file: PATH}");
  }

  private static Secret fromEnvironment(Value name) {
    var content = name.reading().environment().get(name.text());
    if (content == null) {
      throw name.problem("environment variable " + name.text() + " is not set");
    }
    return new Secret(content);
  }

  private static Secret fromFile(Value name) {
    var path = name.path();
    try {
      return new Secret(Files.readString(path).stripTrailing());
    } catch (IOException e) {
      throw name.problem("cannot read " + path + ": " + PathErrors.words(path, e));
    }
  }

  private void add(Node keyNode, Node valueNode) {
    if (!(keyNode instanceof ScalarNode key)) {
      report(holder.origin().place(keyNode) + ": a key must be text");
      return;
    }
    var value = holder.inner(valueNode, prefix + key.getValue());
    if (written.putIfAbsent(key.getValue(), new Entry(key, value)) != null) {
      report(holder.origin().place(key) + ": \"" + value.name() + "\" is there twice; remove one");
    }
  }

  /** Reads a key; if it is missing or has no value, returns the fallback. */
  public <T> T read(String key, T fallback, Function<Value, T> parser) {
    asked.add(key);
    var override = overrides.get(key);
    return override == null
        ? readFromFile(key, fallback, parser)
        : parsed(override, parser).orElse(fallback);
  }

  /** Reads a key from the file alone, without flags and variables. */
  public <T> T readFromFile(String key, T fallback, Function<Value, T> parser) {
    return find(key).flatMap(value -> parsed(value, parser)).orElse(fallback);
  }

  public <T> Optional<T> readIfThere(String key, Function<Value, T> parser) {
    return read(key, Optional.empty(), value -> Optional.of(parser.apply(value)));
  }

  /**
   * Reads a key without which the mapping makes no sense; unlike the other methods this one throws.
   */
  public <T> T require(String key, Function<Value, T> parser) {
    return parser.apply(
        find(key).orElseThrow(() -> holder.problem("key \"" + key + "\" is missing")));
  }

  private Optional<Value> find(String key) {
    asked.add(key);
    return Optional.ofNullable(written.get(key))
        .map(Entry::value)
        .filter(value -> !value.isEmpty() && !skipped.contains(key));
  }

  /** Reports the keys that were not asked for. */
  public void end() {
    for (var entry : written.values()) {
      var key = entry.key().getValue();
      if (!asked.contains(key)) {
        var name = entry.value().name();
        report(holder.origin().place(entry.key())
            + (": unknown key \"" + name + '"')
            + Nearest.hint(key, asked));
      }
    }
  }

  private <T> Optional<T> parsed(Value value, Function<Value, T> parser) {
    try {
      return Optional.of(parser.apply(value));
    } catch (Value.ProblemException e) {
      report(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      report(value.place() + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  private void report(String problem) {
    holder.reading().report(problem);
  }
}
