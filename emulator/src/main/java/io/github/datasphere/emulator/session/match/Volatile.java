package io.github.datasphere.emulator.session.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.session.SessionException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What may differ between a recording and now; declared in {@code volatile.txt}. Immutable. */
public final class Volatile {
  private final Map<String, Kind> fields = new HashMap<>();
  private final Map<String, Kind> metadata = new HashMap<>();
  private final Map<Pattern, Kind> paths = new LinkedHashMap<>();
  private Duration bounds = Duration.ZERO;

  /** How a field may differ. */
  public enum Kind {
    /** The value may be any; whether there is one may not. */
    ANY,
    /** It may be there or not. */
    IGNORED
  }

  private Volatile() {}

  /** Reads the declarations that come with this program. */
  public static Volatile declared() {
    try (var file = Volatile.class.getResourceAsStream("volatile.txt")) {
      if (file == null) {
        throw new IllegalStateException("volatile.txt is missing in this program");
      }
      return parse(new String(file.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new SessionException("volatile.txt cannot be read: " + e.getMessage(), e);
    }
  }

  static Volatile parse(String text) {
    var all = new Volatile();
    text.lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .forEach(line -> all.add(line, line.split("\\s+")));
    return all;
  }

  private void add(String line, String[] words) {
    if (words.length == 2 && words[0].equals("times-within")) {
      bounds = Duration.parse(words[1]);
    } else if (words.length == 3 && words[0].equals("field")) {
      fields.put(words[1], kind(words[2]));
    } else if (words.length == 3 && words[0].equals("path")) {
      paths.put(Pattern.compile("\\Q" + words[1].replace("*", "\\E.*\\Q") + "\\E"), kind(words[2]));
    } else if (words.length == 3 && words[0].equals("metadata")) {
      metadata.put(words[1], kind(words[2]));
    } else {
      throw new SessionException("volatile.txt has a line that says nothing: " + line);
    }
  }

  private static Kind kind(String word) {
    return word.equals("any") ? Kind.ANY : Kind.IGNORED;
  }

  boolean is(Kind kind, String field, String path) {
    return fields.get(field) == kind
        || paths.entrySet().stream()
            .anyMatch(
                rule -> rule.getValue() == kind && rule.getKey().matcher(path).matches());
  }

  /** Whether metadata of this name may be of this kind. */
  public boolean isMetadata(Kind kind, String name) {
    return metadata.get(name) == kind;
  }

  /** Returns the same with other bounds for times. */
  public Volatile within(Duration time) {
    var copy = new Volatile();
    copy.fields.putAll(fields);
    copy.metadata.putAll(metadata);
    copy.paths.putAll(paths);
    copy.bounds = time;
    return copy;
  }

  /** Returns how far two times may lie apart. */
  public Duration bounds() {
    return bounds;
  }
}
