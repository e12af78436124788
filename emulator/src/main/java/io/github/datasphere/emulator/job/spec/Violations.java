package io.github.datasphere.emulator.job.spec;

import java.util.List;

/** Collects what is wrong below one field of a request. */
record Violations(String field, List<FieldViolation> all) {
  /** Collects below {@code name} of this field. */
  Violations at(String name) {
    return new Violations(field.isEmpty() ? name : field + "." + name, all);
  }

  /** Collects below one entry of a list. */
  Violations at(String name, int index) {
    return at(name + "[" + index + "]");
  }

  /** Collects below one entry of a map. */
  Violations at(String name, String key) {
    return at(name + "[" + Text.quote(key) + "]");
  }

  void add(String message) {
    all.add(new FieldViolation(field, message));
  }

  /** Adds the message unless the condition holds; tells whether it held. */
  boolean require(boolean condition, String message) {
    if (!condition) {
      add(message);
    }
    return condition;
  }
}
