package io.github.datasphere.emulator.cli;

import picocli.CommandLine.ExitCode;

/** Ends a command; the message says what failed, why, and what to do next. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandFailure(String message) {
    this(ExitCode.SOFTWARE, message);
  }

  CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
