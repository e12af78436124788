package io.github.datasphere.emulator.runner.plan;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command as bash gets it (service-behaviour 4.6, 4.7). */
final class CommandText {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}]*)}");

  private CommandText() {}

  /** Replaces {@code ${NAME}} of known names, as text and once; leaves all else to bash. */
  static String substitute(String command, Map<String, String> values) {
    return REFERENCE.matcher(command).replaceAll(match -> {
      var value = values.get(match.group(1));
      return Matcher.quoteReplacement(value == null ? match.group() : value);
    });
  }

  /** In a subshell, as on the real service; on lines of its own, as it may end in a comment. */
  static String subshell(String command) {
    return "( " + command + "\n)\n";
  }
}
