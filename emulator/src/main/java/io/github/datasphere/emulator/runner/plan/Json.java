package io.github.datasphere.emulator.runner.plan;

import static java.util.stream.Collectors.joining;

import java.util.Map;

/** Writes the few small JSON files that jobs get. */
final class Json {
  private Json() {}

  static String quote(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** Writes an object of fields whose values are JSON already. */
  static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> quote(field.getKey()) + ": " + field.getValue())
        .collect(joining(", ", "{", "}"));
  }
}
