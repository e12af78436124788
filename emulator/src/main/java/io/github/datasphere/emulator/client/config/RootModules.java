package io.github.datasphere.emulator.client.config;

import io.github.datasphere.emulator.client.yaml.YamlNode;
import java.io.File;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the scripts that a Python job starts with: the one that the command names and those of
 * {@code root-paths} (service-behaviour 2.10, 9.4).
 */
final class RootModules {
  private static final String OWN =
      "set `type: manual` with all of `version`, `requirements-file` and `local-paths`, or set"
          + " `root-paths`";

  private final JobConfigReading reading;
  private final int line;
  private final CommandPrograms programs;

  private RootModules(JobConfigReading reading) {
    this.reading = reading;
    this.line = reading.root().lineOf("cmd");
    this.programs = new CommandPrograms(reading.folder(), reading.environment());
  }

  static PythonConfig find(JobConfigReading reading, PythonConfig python) {
    int before = reading.problems().errors().size();
    Set<RootModule> found =
        new TreeSet<>(Comparator.comparing(RootModule::path).thenComparing(RootModule::named));
    found.addAll(python.roots());
    new RootModules(reading).ofCommand().ifPresent(found::add);
    if (found.isEmpty() && reading.problems().errors().size() == before) {
      var message = "no Python script is found in the command: " + OWN;
      reading.problems().error(python.line(), "env.python", message);
    }
    found.removeIf(root -> isAbsolute(reading, root));
    found.stream()
        .filter(root -> !root.named())
        .forEach(root -> reading.file(root.path(), root.line(), "env.python"));
    return python.withRoots(List.copyOf(found));
  }

  /** An absolute path is a program that came with a distribution, such as {@code torchrun}. */
  private static boolean isAbsolute(JobConfigReading reading, RootModule root) {
    boolean absolute = !root.named() && root.path().startsWith(File.separator);
    if (absolute) {
      var message = root.path() + " is taken for part of an installed distribution and not sent";
      reading.problems().warn(root.line(), "env.python", message);
    }
    return absolute;
  }

  private Optional<RootModule> ofCommand() {
    if (!(reading.root().get("cmd") instanceof YamlNode.Text cmd) || cmd.value().isBlank()) {
      return Optional.empty();
    }
    var words = List.of(cmd.value().strip().split("\\s+"));
    return programs.isPythonName(words.get(0)) ? afterPython(words) : ofProgram(words);
  }

  private Optional<RootModule> afterPython(List<String> words) {
    int module = words.indexOf("-m") + 1;
    if (module > 0 && module < words.size()) {
      return Optional.of(new RootModule(words.get(module), true, line));
    }
    if (words.size() < 2 || words.get(1).startsWith("-")) {
      String message =
          "with `env.python`, `" + words.get(0) + "` should be followed by a script or `-m MODULE`";
      reading.problems().error(line, "cmd", message);
      return Optional.empty();
    }
    return Optional.of(new RootModule(words.get(1), false, line));
  }

  private Optional<RootModule> ofProgram(List<String> words) {
    var program = words.get(0);
    var file = programs.find(program);
    if (file.isEmpty()) {
      String message =
          "with `env.python`, the command should start with `python` or a program that is here, but `"
              + program
              + "` was not found or is not executable: "
              + OWN;
      reading.problems().error(line, "cmd", message);
      return Optional.empty();
    }
    if (programs.isPython(file.get())) {
      return afterPython(words);
    }
    return programs.isPythonScript(file.get())
        ? Optional.of(new RootModule(named(program, file.get()), false, line))
        : Optional.empty();
  }

  private static String named(String program, Path file) {
    return program.contains(File.separator) ? program : file.toString();
  }
}
