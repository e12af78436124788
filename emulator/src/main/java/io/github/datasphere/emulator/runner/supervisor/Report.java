package io.github.datasphere.emulator.runner.supervisor;

import java.util.regex.Pattern;

/** What a supervisor tells of a script that it was to carry out. */
public sealed interface Report {
  /** It has ended by itself or by a signal, with this exit code as a shell gives it. */
  record Exited(int code) implements Report {}

  /**
   * It did not begin: a step before it failed.
   *
   * @param why as text for humans, without an end
   */
  record NotRun(String why) implements Report {}

  /** Reads it as the supervisor writes it: an exit code, or else words. */
  static Report of(String text) {
    return Codes.ALL.matcher(text).matches()
        ? new Exited(Integer.parseInt(text))
        : new NotRun(text.isBlank() ? "it does not say why" : text.strip());
  }

  /** What a shell can give. */
  final class Codes {
    private static final Pattern ALL = Pattern.compile("\\d{1,3}");

    private Codes() {}
  }
}
