package io.github.datasphere.emulator.runner.plan;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the command of a job into the text that bash gets (service-behaviour 4.6, 4.7). */
final class CommandText {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}]*)}");

  private CommandText() {}

  /**
   * Replaces {@code ${NAME}} for known names, as text and only once. Everything else is left to
   * bash.
   */
  static String substitute(String command, Map<String, String> values) {
    return REFERENCE.matcher(command).replaceAll(match -> {
      var value = values.get(match.group(1));
      return Matcher.quoteReplacement(value == null ? match.group() : value);
    });
  }

  /**
   * Puts the command into a subshell, as the real service does. The command has lines of its own,
   * since it may end in a comment.
   */
  static String subshell(String command) {
    return "( " + command + "\n)\n";
  }
}
