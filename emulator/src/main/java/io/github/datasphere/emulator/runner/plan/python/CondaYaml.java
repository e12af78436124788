package io.github.datasphere.emulator.runner.plan.python;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The conda environment that clients before autumn 2024 send instead of a version and requirements
 * (service-behaviour 2.11). Only the version of Python and the packages for pip are used.
 *
 * @param pythonVersion such as {@code 3.10}; empty if none is named
 */
record CondaYaml(String pythonVersion, List<String> requirements) {
  private static final Pattern ITEM = Pattern.compile("(\\s*)-\\s+(\\S.*)");
  private static final Pattern PYTHON = Pattern.compile("^python\\s*=+\\s*(\\d+\\.\\d+).*");

  static CondaYaml parse(String yaml) {
    var version = "";
    var requirements = new ArrayList<String>();
    int pipIndent = -1;
    for (var line : yaml.split("\n")) {
      var item = ITEM.matcher(line.stripTrailing());
      if (!item.matches()) {
        continue;
      }
      int indent = item.group(1).length();
      var text = unquote(item.group(2));
      var python = PYTHON.matcher(text);
      if (pipIndent >= 0 && indent > pipIndent) {
        requirements.add(text);
      } else if (text.equals("pip:")) {
        pipIndent = indent;
      } else if (python.matches()) {
        version = python.group(1);
      } else {
        pipIndent = -1;
      }
    }
    return new CondaYaml(version, List.copyOf(requirements));
  }

  private static String unquote(String text) {
    return text.replaceFirst("^(['\"])(.*)\\1$", "$2");
  }
}
