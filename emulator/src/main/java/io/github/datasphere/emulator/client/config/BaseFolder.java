package io.github.datasphere.emulator.client.config;

import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.emulator.client.yaml.YamlNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder from which relative paths start. The official client takes its own working directory
 * (service-behaviour 9.5) and fails when it was started elsewhere; here the configuration's folder
 * is used if it has all the files that are named and the working directory does not.
 *
 * @param remark what to tell the user about it
 */
record BaseFolder(Path folder, Optional<String> remark) {

  static BaseFolder of(YamlNode.Mapping root, Path workingDirectory, Path file) {
    var absolute = workingDirectory.resolve(file).toAbsolutePath().normalize();
    var beside = absolute.getParent();
    var folder = workingDirectory.toAbsolutePath().normalize();
    var paths = namedFiles(root);
    if (beside == null || beside.equals(folder) || allIn(folder, paths) || !allIn(beside, paths)) {
      return new BaseFolder(folder, Optional.empty());
    }
    var remark = "paths are taken from "
        + beside
        + ", where the files are; the official client looks only in its working directory,"
        + " so run it from there";
    return new BaseFolder(beside, Optional.of(remark));
  }

  private static List<String> namedFiles(YamlNode.Mapping root) {
    var paths = new ArrayList<String>();
    if (root.get("inputs") instanceof YamlNode.Sequence inputs) {
      for (var input : inputs.items()) {
        if (input instanceof YamlNode.Mapping mapping) {
          paths.addAll(mapping.entries().keySet());
        } else {
          addTexts(paths, input);
        }
      }
    }
    if (root.get("env") instanceof YamlNode.Mapping env && env.get("python") != null) {
      if (env.get("python") instanceof YamlNode.Mapping python) {
        addTexts(paths, python.get("requirements-file"));
        addTexts(paths, python.get("root-paths"));
        addTexts(paths, python.get("local-paths"));
      }
      mainScript(root).ifPresent(paths::add);
    }
    return paths;
  }

  private static void addTexts(List<String> paths, @Nullable YamlNode node) {
    if (node instanceof YamlNode.Text text) {
      paths.add(text.value());
    } else if (node instanceof YamlNode.Sequence sequence) {
      sequence.items().forEach(item -> addTexts(paths, item));
    }
  }

  private static Optional<String> mainScript(YamlNode.Mapping root) {
    return root.get("cmd") instanceof YamlNode.Text cmd
        ? Arrays.stream(cmd.value().trim().split("\\s+"))
            .limit(2)
            .filter(word -> word.endsWith(".py"))
            .findFirst()
        : Optional.empty();
  }

  private static boolean allIn(Path folder, List<String> paths) {
    return paths.stream().allMatch(path -> exists(folder, path));
  }

  private static boolean exists(Path folder, String path) {
    try {
      return Files.exists(Utf8Paths.resolve(folder, path));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
