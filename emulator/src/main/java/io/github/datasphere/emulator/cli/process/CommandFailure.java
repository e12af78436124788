package io.github.datasphere.emulator.cli.process;

import picocli.CommandLine.ExitCode;

/** Ends a command; the message says what failed, why, and what to do next. */
public final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public CommandFailure(String message) {
    this(ExitCode.SOFTWARE, message);
  }

  public CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
