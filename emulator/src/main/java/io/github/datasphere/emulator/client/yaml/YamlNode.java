package io.github.datasphere.emulator.client.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a YAML document. Scalars are text whatever they look like, since the official client
 * loads its configuration without resolving types: {@code 3.10} stays {@code 3.10}, {@code true} is
 * a word and nothing at all is the empty text.
 */
public sealed interface YamlNode {
  /** Returns the line on which it starts, counted from 1. */
  int line();

  /** Returns what it is, for messages: {@code a list}. */
  String kind();

  /** Holds nothing, which the official client often takes for absent. */
  boolean isEmpty();

  /** A scalar. */
  record Text(String value, int line) implements YamlNode {
    @Override
    public String kind() {
      return value.isEmpty() ? "empty" : "the text `" + value + "`";
    }

    @Override
    public boolean isEmpty() {
      return value.isEmpty();
    }
  }

  /** A sequence. */
  record Sequence(List<YamlNode> items, int line) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public boolean isEmpty() {
      return items.isEmpty();
    }
  }

  /** A mapping, in the order of the document. */
  record Mapping(Map<String, Entry> entries, int line) implements YamlNode {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The value of a key; null if the key is absent. */
    public @Nullable YamlNode get(String key) {
      var entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    /** Returns the line of the key, or of the mapping's start if the key is absent. */
    public int lineOf(String key) {
      var entry = entries.get(key);
      return entry == null ? line : entry.line();
    }

    @Override
    public String kind() {
      return "a mapping";
    }

    @Override
    public boolean isEmpty() {
      return entries.isEmpty();
    }
  }

  /**
   * A value under its key.
   *
   * @param line of the key
   */
  record Entry(int line, YamlNode value) {}
}
