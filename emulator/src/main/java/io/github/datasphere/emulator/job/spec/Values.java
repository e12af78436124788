package io.github.datasphere.emulator.job.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies for records: immutable, in the order that the client sent. */
final class Values {
  private Values() {}

  static Map<String, String> orderedCopy(Map<String, String> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
