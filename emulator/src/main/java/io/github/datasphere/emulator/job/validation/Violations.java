package io.github.datasphere.emulator.job.validation;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong below one field of a request.
 *
 * @param field path of the field; empty for the request itself
 * @param all everything found so far, wherever in the request
 */
public record Violations(String field, List<FieldViolation> all) {
  /** Collects in a request in which nothing wrong is found yet. */
  public static Violations of(String field) {
    return new Violations(field, new ArrayList<>());
  }

  /** Collects below {@code name} of this field. */
  public Violations at(String name) {
    return new Violations(field.isEmpty() ? name : field + "." + name, all);
  }

  /** Collects below one entry of a list. */
  public Violations at(String name, int index) {
    return at(name + "[" + index + "]");
  }

  /** Collects below one entry of a map. */
  public Violations at(String name, String key) {
    return at(name + "[" + Text.quote(key) + "]");
  }

  public void add(String message) {
    all.add(new FieldViolation(field, message));
  }

  /** Adds the message unless the condition holds; tells whether it held. */
  public boolean require(boolean condition, String message) {
    if (!condition) {
      add(message);
    }
    return condition;
  }
}
