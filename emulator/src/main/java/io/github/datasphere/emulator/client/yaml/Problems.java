package io.github.datasphere.emulator.client.yaml;

import io.github.datasphere.emulator.base.Nearest;
import java.util.ArrayList;
import java.util.List;

/** Collects all that is wrong with a file, so that a user can mend it in one go. */
public final class Problems {
  /** More than a user mends in one go. */
  private static final int MOST = 100;

  private final String file;
  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /** @param file its name in messages */
  public Problems(String file) {
    this.file = file;
  }

  public void error(int line, String key, String message) {
    add(errors, new Problem(place(line), key, message));
  }

  public void warn(int line, String key, String message) {
    add(warnings, new Problem(place(line), key, message));
  }

  private void add(List<Problem> problems, Problem problem) {
    if (problems.size() < MOST) {
      problems.add(problem);
    } else if (problems.size() == MOST) {
      problems.add(new Problem(file, "", "there is more: mend these first"));
    }
  }

  /** Warns of unused keys, which the official client ignores (service-behaviour 9.14). */
  public void warnUnknownKeys(YamlNode.Mapping mapping, String section, List<String> known) {
    mapping.entries().forEach((key, entry) -> {
      if (warnings.size() <= MOST && !known.contains(key)) {
        warn(entry.line(), section, unknownKey(key, known));
      }
    });
  }

  /** How messages name a line of the file. */
  public String place(int line) {
    return file + ":" + line;
  }

  public List<Problem> errors() {
    return List.copyOf(errors);
  }

  public List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  private static String unknownKey(String key, List<String> known) {
    return "unknown key `"
        + key
        + "` is ignored"
        + Nearest.to(key, known)
            .map(word -> ", did you mean `" + word + "`?")
            .orElse("; known keys: " + String.join(", ", known));
  }
}
