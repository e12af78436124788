package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.runner.EndingReasons;
import io.github.datasphere.emulator.runner.supervisor.Report;

/** Says why there is no more output of a command. */
public sealed interface CommandEnd {
  /** The command has ended, and its supervisor told the exit code. */
  record Exited(int code) implements CommandEnd {}

  /**
   * The supervisor is gone, and with it the exit code.
   *
   * @param ending ending to report unless more is known
   */
  record Lost(Ending ending) implements CommandEnd {}

  /** The command goes on without being followed. */
  record Left() implements CommandEnd {}

  /** Returns the end that a supervisor has told. */
  static CommandEnd of(Report report) {
    if (report instanceof Report.Exited exited) {
      return new Exited(exited.code());
    }
    if (report instanceof Report.NotRun failure) {
      return new Lost(EndingReasons.notRun(failure.why()));
    }
    throw new AssertionError(report);
  }
}
