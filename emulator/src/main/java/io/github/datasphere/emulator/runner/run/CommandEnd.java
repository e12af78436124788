package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.runner.Endings;
import io.github.datasphere.emulator.runner.supervisor.Report;

/** Why there is no more output of a command. */
public sealed interface CommandEnd {
  /** It has ended, and its supervisor told the exit code. */
  record Exited(int code) implements CommandEnd {}

  /**
   * Its supervisor is gone, and the exit code with it.
   *
   * @param ending unless something better is known
   */
  record Lost(Ending ending) implements CommandEnd {}

  /** It goes on without being followed. */
  record Left() implements CommandEnd {}

  /** What a supervisor has told. */
  static CommandEnd of(Report report) {
    if (report instanceof Report.Exited exited) {
      return new Exited(exited.code());
    }
    if (report instanceof Report.NotRun failure) {
      return new Lost(Endings.notRun(failure.why()));
    }
    throw new AssertionError(report);
  }
}
