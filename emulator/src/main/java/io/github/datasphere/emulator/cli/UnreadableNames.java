package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.base.Utf8Paths;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names from the system (arguments, variables, folders) that Java could not read at its start. Java
 * cannot read them again, and the files that they name cannot be found.
 */
final class UnreadableNames {
  private static final String OPTIONS = "DATASPHERE_EMULATOR_";

  private UnreadableNames() {}

  /**
   * Says what is wrong and what to do; empty if Java could read all names.
   *
   * @param encoding the encoding with which Java read them
   */
  static Optional<String> complaint(
      List<String> arguments, ProcessContext context, String encoding) {
    return damaged(arguments, context)
        .map(what -> encoding.equals("UTF-8")
            ? what + " is not UTF-8: rename it"
            : what + " cannot be read, as this Java takes names for " + encoding
                + ": start it by the launcher bin/datasphere-emulator, or set LC_ALL=C.UTF-8");
  }

  private static Optional<String> damaged(List<String> arguments, ProcessContext context) {
    for (var argument : arguments) {
      if (Utf8Paths.isDamaged(argument)) {
        return Optional.of("the argument '" + argument + "'");
      }
    }
    if (Utf8Paths.isDamaged(context.workingDirectory().toString())) {
      return Optional.of("the name of the working directory");
    }
    if (Utf8Paths.isDamaged(context.home().toString())) {
      return Optional.of("the name of the home folder");
    }
    return context.environment().entrySet().stream()
        .filter(variable -> variable.getKey().startsWith(OPTIONS))
        .filter(variable -> Utf8Paths.isDamaged(variable.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .map(name -> "the value of the variable " + name);
  }
}
