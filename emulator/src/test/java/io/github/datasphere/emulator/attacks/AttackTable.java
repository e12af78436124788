package io.github.datasphere.emulator.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Attacks of one kind, each with a name, in a file beside the tests: a heading {@code == name},
 * lines {@code @key value}, then the text of the attack. Values have escapes of Java.
 */
public final class AttackTable {
  private AttackTable() {}

  /** One attack; a key may come more than once. */
  public record Attack(String name, Map<String, List<String>> keys, String text) {
    public boolean has(String key) {
      return keys.containsKey(key);
    }

    public List<String> all(String key) {
      return keys.getOrDefault(key, List.of());
    }

    public String one(String key) {
      return keys.get(key).get(0);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Reads a table. */
  public static List<Attack> of(String file) {
    var attacks = new ArrayList<Attack>();
    for (var block : text(file).split("(?m)^== ")) {
      if (!block.isBlank() && !block.startsWith("#")) {
        attacks.add(attack(block));
      }
    }
    return attacks;
  }

  private static Attack attack(String block) {
    var keys = new LinkedHashMap<String, List<String>>();
    var text = new StringBuilder();
    var name = block.lines().findFirst().orElseThrow();
    for (var line : block.lines().skip(1).toList()) {
      if (line.startsWith("@")) {
        var parts = line.substring(1).split(" ", 2);
        keys.computeIfAbsent(parts[0], key -> new ArrayList<>())
            .add(parts.length == 1 ? "" : parts[1].translateEscapes());
      } else {
        text.append(line).append('\n');
      }
    }
    return new Attack(name, keys, text.toString().strip());
  }

  private static String text(String file) {
    try (var in = AttackTable.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
