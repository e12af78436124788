package io.github.datasphere.emulator.session.redact;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Replaces each identity by another one of the same shape: prefix, length, and which characters are
 * letters and digits. One to one.
 */
final class SyntheticIds {
  /** The service's own ids begin with three characters that tell what they name. */
  private static final int PREFIX = 3;

  private static final int LONG_ENOUGH_FOR_PREFIX = 16;
  private static final String HEX = "0123456789abcdef";

  private final RandomGenerator random;
  private final Map<String, String> known = new HashMap<>();
  private final Set<String> given = new HashSet<>();

  SyntheticIds(RandomGenerator random) {
    this.random = random;
  }

  String of(String id) {
    var there = known.get(id);
    if (there != null) {
      return there;
    }
    var made = make(id);
    for (int tries = 0; made.equals(id) || given.contains(made); tries++) {
      // A short id has few others of its shape
      made = tries < 100 ? make(id) : make(id + "x");
    }
    known.put(id, made);
    given.add(made);
    return made;
  }

  /** Whether this is one that was made here. */
  boolean isSynthetic(String id) {
    return given.contains(id);
  }

  private String make(String id) {
    boolean isHex = id.length() >= LONG_ENOUGH_FOR_PREFIX && id.matches("[0-9a-f-]+");
    boolean hasPrefix = !isHex && id.length() >= LONG_ENOUGH_FOR_PREFIX && id.matches("[a-z0-9]+");
    var made = new StringBuilder();
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      made.append(hasPrefix && i < PREFIX ? c : isHex && c != '-' ? hex() : other(c));
    }
    return made.toString();
  }

  private char hex() {
    return HEX.charAt(random.nextInt(HEX.length()));
  }

  private char other(char c) {
    if (c >= '0' && c <= '9') {
      return (char) ('0' + random.nextInt(10));
    }
    if (c >= 'a' && c <= 'z') {
      return (char) ('a' + random.nextInt(26));
    }
    return c >= 'A' && c <= 'Z' ? (char) ('A' + random.nextInt(26)) : c;
  }
}
