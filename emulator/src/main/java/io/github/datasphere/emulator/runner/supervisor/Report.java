package io.github.datasphere.emulator.runner.supervisor;

import java.util.regex.Pattern;

/** What a supervisor tells about a script that it was asked to carry out. */
public sealed interface Report {
  /** The script has ended by itself or by a signal, with this exit code as a shell gives it. */
  record Exited(int code) implements Report {}

  /**
   * The script did not begin, since a step before it failed.
   *
   * @param why reason as text for humans, without a full stop
   */
  record NotRun(String why) implements Report {}

  /** Reads a report as the supervisor writes it: an exit code, or else words. */
  static Report of(String text) {
    return Codes.ALL.matcher(text).matches()
        ? new Exited(Integer.parseInt(text))
        : new NotRun(text.isBlank() ? "it does not say why" : text.strip());
  }

  /** The exit codes that a shell can give. */
  final class Codes {
    private static final Pattern ALL = Pattern.compile("\\d{1,3}");

    private Codes() {}
  }
}
