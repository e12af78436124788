package io.github.datasphere.emulator.client.config;

import io.github.datasphere.emulator.base.PathErrors;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of the requirements format that the official client lets through: distributions with
 * extras and versions, and three options of pip (service-behaviour 2.12, 9.7).
 */
final class RequirementsFile {
  private static final String KEY = "env.python.requirements-file";
  private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?";
  private static final String RELEASE = "v?(?:\\d+!)?\\d+(?:\\.\\d+)*";
  private static final String SUFFIX = "(?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?\\d*)?"
      + "(?:-\\d+|[-_.]?(?:post|rev|r)[-_.]?\\d*)?"
      + "(?:[-_.]?dev[-_.]?\\d*)?";
  private static final String LOCAL = "(?:\\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?";
  private static final String SPECIFIER = "(?:===\\s*[^\\s;)]*|(?:==|!=)\\s*"
      + RELEASE
      + "(?:\\.\\*|"
      + SUFFIX
      + LOCAL
      + ")|(?:~=|<=|>=|<|>)\\s*"
      + RELEASE
      + SUFFIX
      + ")";
  private static final String SPECIFIERS =
      "(?:" + SPECIFIER + "(?:\\s*,\\s*" + SPECIFIER + ")*\\s*,?)?";
  private static final Pattern REQUIREMENT = Pattern.compile(
      NAME
          + "\\s*(?:\\[\\s*(?:"
          + NAME
          + "(?:\\s*,\\s*"
          + NAME
          + ")*)?\\s*\\])?\\s*(?:\\(\\s*"
          + SPECIFIERS
          + "\\s*\\)|"
          + SPECIFIERS
          + ")\\s*",
      Pattern.CASE_INSENSITIVE);

  private RequirementsFile() {}

  /** Its lines without blanks around them and without empty ones. */
  static List<String> read(JobConfigReading reading, String file, int line) {
    var requirements = new ArrayList<String>();
    int number = 0;
    for (var text : load(reading, file, line)) {
      number++;
      var requirement = text.strip();
      if (requirement.isEmpty()) {
        continue;
      }
      var place = file + ":" + number + ": `" + requirement + "` ";
      complaint(requirement)
          .ifPresent(complaint -> reading.problems().error(line, KEY, place + complaint));
      requirements.add(requirement);
    }
    return requirements;
  }

  private static List<String> load(JobConfigReading reading, String file, int line) {
    var path = reading.file(file, line, KEY);
    if (path == null) {
      return List.of();
    }
    try {
      return TextFile.read(path, () -> {}).lines().toList();
    } catch (CharacterCodingException e) {
      reading.problems().error(line, KEY, "cannot read `" + file + "`: " + e.getMessage());
    } catch (IOException e) {
      reading
          .problems()
          .error(line, KEY, "cannot read `" + file + "`: " + PathErrors.words(path, e));
    }
    return List.of();
  }

  private static Optional<String> complaint(String line) {
    if (line.equals("--no-deps")
        || line.startsWith("--extra-index-url")
        || line.startsWith("--trusted-host")
        || REQUIREMENT.matcher(line).matches()) {
      return Optional.empty();
    }
    if (line.startsWith("--index-url") || line.startsWith("-i ")) {
      return Optional.of("is refused: set `env.python.pip.index-url` in the configuration");
    }
    if (line.startsWith("\uFEFF")) {
      return Optional.of("begins with a byte order mark: save the file as UTF-8 without one");
    }
    if (line.contains("#")) {
      return Optional.of("is refused: the service takes no comments");
    }
    if (line.contains(";")) {
      return Optional.of("is refused: markers after `;` are not supported");
    }
    if (line.contains("@") || line.contains("://")) {
      return Optional.of("is refused: URLs are not supported");
    }
    return Optional.of("is no requirement such as `name[extra]==1.0`");
  }
}
