package io.github.datasphere.emulator.session;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One line of a recording as it is read; complains in words about what is missing. */
final class Line {
  private final Map<String, Object> fields;

  Line(String text) {
    this(SessionJson.parseObject(text));
  }

  private Line(Map<String, Object> fields) {
    this.fields = fields;
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String text(String name) {
    if (field(name) instanceof String text) {
      return text;
    }
    throw new SessionException("\"" + name + "\" is not a text");
  }

  String text(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  List<String> texts(String name) {
    return has(name)
        ? SessionJson.list(field(name), name).stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Returns the objects of a list; none if there is no list. */
  List<Line> items(String name) {
    return has(name)
        ? SessionJson.list(field(name), name).stream()
            .map(item -> new Line(SessionJson.object(item, "\"" + name + "\"")))
            .toList()
        : List.of();
  }

  long number(String name) {
    try {
      return new BigDecimal(field(name).toString()).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new SessionException("\"" + name + "\" is not a whole number", e);
    }
  }

  Duration seconds(String name) {
    try {
      return Seconds.parse(field(name).toString());
    } catch (ArithmeticException | NumberFormatException e) {
      throw new SessionException("\"" + name + "\" is not a number of seconds", e);
    }
  }

  Map<String, Object> object(String name) {
    return SessionJson.object(field(name), "\"" + name + "\"");
  }

  SortedMap<String, List<String>> metadata() {
    var all = new TreeMap<String, List<String>>();
    if (has("metadata")) {
      object("metadata")
          .forEach((name, values) -> all.put(
              name, SessionJson.list(values, name).stream().map(String::valueOf).toList()));
    }
    return all;
  }

  private Object field(String name) {
    var value = fields.get(name);
    if (value == null) {
      throw new SessionException("\"" + name + "\" is missing");
    }
    return value;
  }
}
