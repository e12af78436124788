package io.github.datasphere.emulator.check;

import io.github.datasphere.emulator.session.SessionException;
import io.github.datasphere.emulator.session.match.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Differences of one recording that are known and accepted: lines of its file {@code accepted.txt},
 * each the path of a field, in which {@code *} stands for anything, and a reason behind {@code #}.
 */
final class Accepted {
  static final String FILE = "accepted.txt";

  private final Map<String, Pattern> lines = new LinkedHashMap<>();
  private final List<String> used = new ArrayList<>();

  private Accepted() {}

  static Accepted of(Path recording) {
    var accepted = new Accepted();
    try {
      Files.readString(recording.resolve(FILE))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(accepted::add);
      return accepted;
    } catch (NoSuchFileException e) {
      return accepted;
    } catch (IOException e) {
      throw new SessionException(recording.resolve(FILE) + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void add(String line) {
    int hash = line.indexOf(" #");
    if (hash < 0 || line.substring(hash + 2).isBlank()) {
      throw new SessionException(
          FILE + " has a line without a reason: \"" + line + "\". Write one behind #.");
    }
    var path = line.substring(0, hash).strip();
    lines.put(path, Pattern.compile("\\Q" + path.replace("*", "\\E.*\\Q") + "\\E"));
  }

  boolean accepts(Difference difference) {
    for (var line : lines.entrySet()) {
      if (line.getValue().matcher(difference.path()).matches()) {
        used.add(line.getKey());
        return true;
      }
    }
    return false;
  }

  /** Returns the lines that no difference needed. */
  List<String> idle() {
    return lines.keySet().stream().filter(line -> !used.contains(line)).toList();
  }
}
