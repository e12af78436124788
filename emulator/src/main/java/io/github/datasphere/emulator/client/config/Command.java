package io.github.datasphere.emulator.client.config;

import io.github.datasphere.emulator.client.yaml.YamlNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The command, with variables of S3 mounts and datasets replaced by ids (service-behaviour 2.11).
 */
final class Command {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(.+?)}");
  private static final Pattern LINE_END = Pattern.compile("[\n\r\u0085\u2028\u2029]");

  private Command() {}

  static void read(JobConfigReading reading, PathSections paths) {
    int line = reading.root().lineOf("cmd");
    reading.place("cmd", line, "cmd");
    var node = reading.root().get("cmd");
    if (node == null) {
      reading
          .problems()
          .error(1, "cmd", "is missing: say what the job runs, `cmd: python main.py`");
    } else if (node.isEmpty()) {
      reading
          .problems()
          .error(line, "cmd", "is empty: say what the job runs, `cmd: python main.py`");
    }
    var command = reading.text(reading.root(), "", "cmd", "");
    warnOfOptionsAlone(reading, command.strip(), line);
    reading.job().setCmd(withIds(command, paths.resources()).strip());
    checkUnique(reading, paths);
  }

  /**
   * Warns of lines with options alone: a folded text keeps the line ends of further indented lines,
   * and the shell ends the command there too.
   */
  private static void warnOfOptionsAlone(JobConfigReading reading, String command, int line) {
    var before = "";
    for (var each : command.split("\n")) {
      boolean continues = before.isEmpty() || before.endsWith("\\") || isOpen(before);
      if (each.strip().startsWith("-") && !continues) {
        var message = "the line `" + each.strip() + "` is a command of its own: end the line"
            + " before with `\\`, or indent all lines below `cmd: >` alike";
        reading.problems().warn(line, "cmd", message);
      }
      before = before.isEmpty() ? each.stripTrailing() : before + "\n" + each.stripTrailing();
    }
  }

  /** Whether a text is still going on after these lines: in quotes, or one that `<<` began. */
  private static boolean isOpen(String lines) {
    return lines.contains("<<")
        || lines.chars().filter(each -> each == '"').count() % 2 != 0
        || lines.chars().filter(each -> each == '\'').count() % 2 != 0;
  }

  private static String withIds(String command, Map<String, String> resources) {
    var names = new LinkedHashSet<String>();
    for (var line : LINE_END.split(command)) {
      // Without what comes after the last brace: each "${" there would be looked for to the end
      var matcher = REFERENCE.matcher(line).region(0, line.lastIndexOf('}') + 1);
      while (matcher.find()) {
        names.add(matcher.group(1));
      }
    }
    var replaced = command;
    for (var name : names) {
      var id = resources.get(name);
      if (id != null && !name.equals(PathSections.PROJECT_HOME)) {
        replaced = replaced.replace("${" + name + "}", "${" + id + "}");
      }
    }
    return replaced;
  }

  /** Checks names here, since the service never sees the variables of mounts and datasets. */
  private static void checkUnique(JobConfigReading reading, PathSections paths) {
    var seen = new HashMap<String, String>();
    paths.declared().forEach(name -> declare(reading, seen, name));
    var root = reading.root();
    if (root.get("args") instanceof YamlNode.Mapping args) {
      args.entries()
          .forEach((name, entry) ->
              declare(reading, seen, new PathSections.Declared(name, "args", entry.line())));
    }
    if (root.get("output-datasets") instanceof YamlNode.Sequence datasets) {
      for (var dataset : datasets.items()) {
        if (dataset instanceof YamlNode.Mapping mapping
            && mapping.get("var") instanceof YamlNode.Text var) {
          declare(
              reading, seen, new PathSections.Declared(var.value(), "output-datasets", var.line()));
        }
      }
    }
  }

  private static void declare(
      JobConfigReading reading, Map<String, String> seen, PathSections.Declared declared) {
    var place = reading.problems().place(declared.line());
    var before = seen.putIfAbsent(declared.name(), place);
    if (before != null) {
      String message =
          "`" + declared.name() + "` is already taken at " + before + ", names are unique";
      reading.problems().error(declared.line(), declared.key(), message);
    }
  }
}
