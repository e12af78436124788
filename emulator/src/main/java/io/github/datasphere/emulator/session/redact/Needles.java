package io.github.datasphere.emulator.session.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Byte strings that are searched for all at once, with what replaces each. Immutable. */
final class Needles {
  /** Shorter ones would be found everywhere by accident. */
  static final int SHORTEST = 4;

  private final Map<Integer, List<Needle>> byStart = new HashMap<>();
  private final BitSet firstPairs = new BitSet(1 << 16);
  private final BitSet firstBytes = new BitSet(1 << 8);

  /** What is searched for, and what is written instead. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Needle(byte[] bytes, byte[] replacement) {}

  /** Where one was found: from {@code start} to before {@code end}. */
  record Match(int start, int end, Needle needle) {}

  /** @param replacements by what is searched for */
  Needles(Map<String, String> replacements) {
    replacements.forEach((text, replacement) -> add(text.getBytes(UTF_8), replacement));
    byStart.values().forEach(list -> list.sort(Comparator.comparingInt(n -> -n.bytes().length)));
  }

  private void add(byte[] bytes, String replacement) {
    if (bytes.length >= SHORTEST) {
      byStart
          .computeIfAbsent(start(bytes, 0), unused -> new ArrayList<>())
          .add(new Needle(bytes, replacement.getBytes(UTF_8)));
      firstPairs.set(((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff));
      firstBytes.set(bytes[0] & 0xff);
    }
  }

  /** Returns all matches that do not overlap: the first one first, of several there the longest. */
  List<Match> find(byte[] text, int length) {
    var found = new ArrayList<Match>();
    for (int i = 0; i + SHORTEST <= length; ) {
      var needle = at(text, i, length);
      if (needle.isPresent()) {
        int end = i + needle.get().bytes().length;
        found.add(new Match(i, end, needle.get()));
        i = end;
      } else {
        i++;
      }
    }
    return found;
  }

  boolean isIn(byte[] text) {
    for (int i = 0; i + SHORTEST <= text.length; i++) {
      if (at(text, i, text.length).isPresent()) {
        return true;
      }
    }
    return false;
  }

  String replacedIn(String text) {
    var bytes = text.getBytes(UTF_8);
    var matches = find(bytes, bytes.length);
    if (matches.isEmpty()) {
      return text;
    }
    var out = new StringBuilder();
    int from = 0;
    for (var match : matches) {
      out.append(new String(bytes, from, match.start() - from, UTF_8));
      out.append(new String(match.needle().replacement(), UTF_8));
      from = match.end();
    }
    return out.append(new String(bytes, from, bytes.length - from, UTF_8)).toString();
  }

  /**
   * Returns where the earliest needle begins that the end of the text may have cut; the length if
   * there is none.
   */
  int cutAt(byte[] text, int from, int length) {
    for (int i = from; i < length; i++) {
      if (firstBytes.get(text[i] & 0xff) && mayBeginAt(text, i, length)) {
        return i;
      }
    }
    return length;
  }

  private boolean mayBeginAt(byte[] text, int at, int length) {
    int rest = length - at;
    if (rest >= SHORTEST) {
      return byStart.getOrDefault(start(text, at), List.of()).stream()
          .anyMatch(needle -> needle.bytes().length > rest && isPrefix(needle, text, at, rest));
    }
    return byStart.values().stream()
        .flatMap(List::stream)
        .anyMatch(needle -> isPrefix(needle, text, at, rest));
  }

  private Optional<Needle> at(byte[] text, int at, int length) {
    if (!firstPairs.get(((text[at] & 0xff) << 8) | (text[at + 1] & 0xff))) {
      return Optional.empty();
    }
    for (var needle : byStart.getOrDefault(start(text, at), List.of())) {
      if (needle.bytes().length <= length - at
          && isPrefix(needle, text, at, needle.bytes().length)) {
        return Optional.of(needle);
      }
    }
    return Optional.empty();
  }

  private static boolean isPrefix(Needle needle, byte[] text, int at, int count) {
    for (int i = 0; i < count; i++) {
      if (needle.bytes()[i] != text[at + i]) {
        return false;
      }
    }
    return true;
  }

  private static int start(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 24)
        | ((bytes[at + 1] & 0xff) << 16)
        | ((bytes[at + 2] & 0xff) << 8)
        | (bytes[at + 3] & 0xff);
  }
}
