package io.github.datasphere.emulator.client.config;

import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.emulator.client.yaml.Problems;
import io.github.datasphere.emulator.client.yaml.YamlNode;
import io.github.datasphere.proto.jobs.JobParameters;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the readers of all sections share while one file is read.
 *
 * @param root the whole file
 * @param folder what relative paths start from
 * @param environment the caller's variables
 * @param job takes what is read
 */
record JobConfigReading(
    YamlNode.Mapping root,
    Path folder,
    Map<String, String> environment,
    JobParameters.Builder job,
    FieldPlaces fields,
    Problems problems) {

  void place(String field, int line, String key) {
    fields.put("job_parameters." + field, line, key);
  }

  /** The text at a key, the default if it is absent; anything else is a problem. */
  String text(YamlNode.Mapping mapping, String section, String key, String absent) {
    var node = mapping.get(key);
    if (node == null) {
      return absent;
    }
    if (node instanceof YamlNode.Text text) {
      return text.value();
    }
    problems.error(
        mapping.lineOf(key), join(section, key), "should be text, but is " + node.kind());
    return absent;
  }

  /**
   * The mapping at a key of the file; null if it is absent or, which is a problem, no mapping.
   *
   * @param form how it is written
   */
  YamlNode.@Nullable Mapping mapping(String key, String form) {
    var node = root.get(key);
    if (node instanceof YamlNode.Mapping mapping) {
      return mapping;
    }
    if (node != null) {
      var message = "should be a mapping, but is " + node.kind() + ": write `" + form + "`";
      problems.error(root.lineOf(key), key, message);
    }
    return null;
  }

  /** The list at a key of the file; empty if it is absent or, which is a problem, no list. */
  List<YamlNode> list(String key) {
    var node = root.get(key);
    if (node instanceof YamlNode.Sequence sequence) {
      return sequence.items();
    }
    if (node != null) {
      problems.error(root.lineOf(key), key, "should be a list, but is " + node.kind());
    }
    return List.of();
  }

  /** Warns of a reference that the service replaces only in the command. */
  void warnOfReference(String text, int line, String key) {
    if (text.contains("${")) {
      var message = "`" + text + "` is taken as it stands: `${...}` is replaced in `cmd` alone";
      problems.warn(line, key, message);
    }
  }

  /**
   * Whether a file or a folder is there, to be sent; if not, or if it is anything else, a problem.
   */
  boolean canBeSent(String path, int line, String key) {
    var found = found(path, line, key);
    if (found != null && !Files.isDirectory(found) && !Files.isRegularFile(found)) {
      problems.error(
          line,
          key,
          path + " is a named pipe, socket or device: only files and folders can be sent");
      return false;
    }
    return found != null;
  }

  /** The file at a path, to be read here; null, which is a problem, if there is none. */
  @Nullable
  Path file(String path, int line, String key) {
    var found = found(path, line, key);
    if (found != null && !Files.isRegularFile(found)) {
      problems.error(line, key, path + " is no file");
      return null;
    }
    return found;
  }

  private @Nullable Path found(String path, int line, String key) {
    var trouble = missing(path);
    trouble.ifPresent(words -> problems.error(line, key, words));
    return trouble.isPresent() ? null : Utf8Paths.resolve(folder, path);
  }

  /** The texts of a list; null if it is no such list. */
  static @Nullable List<String> texts(YamlNode node) {
    if (!(node instanceof YamlNode.Sequence sequence)) {
      return null;
    }
    var texts = new ArrayList<String>();
    for (var item : sequence.items()) {
      if (!(item instanceof YamlNode.Text text)) {
        return null;
      }
      texts.add(text.value());
    }
    return texts;
  }

  /** Says why there is nothing at a path of the file; empty if there is something. */
  private Optional<String> missing(String path) {
    try {
      var place = Utf8Paths.resolve(folder, path);
      if (Files.exists(place)) {
        return Optional.empty();
      }
      return Optional.of(PathErrors.hidden(place)
          .map(why -> "cannot read " + path + ": " + why)
          .orElse("no such path: " + path + " (looked in " + folder + ")"));
    } catch (InvalidPathException e) {
      return Optional.of("`" + path + "` cannot be a path: " + e.getReason());
    }
  }

  static String join(String section, String key) {
    return section.isEmpty() ? key : section + "." + key;
  }
}
