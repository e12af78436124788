package io.github.datasphere.emulator.runner.process;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** The output of a command that runs. */
@FunctionalInterface
interface CommandOutput {
  /**
   * Passes output on to the log until the command has ended.
   *
   * @param isLeft tells when to stop although the command goes on
   */
  End follow(BooleanSupplier isLeft) throws IOException;

  /**
   * Why there is no more output.
   *
   * @param code of a command that has exited
   */
  record End(Kind kind, int code) {
    static final End SUPERVISOR_GONE = new End(Kind.SUPERVISOR_GONE, 0);
    static final End LEFT = new End(Kind.LEFT, 0);

    static End exited(int code) {
      return new End(Kind.EXITED, code);
    }
  }

  /** Ways in which following ends. */
  enum Kind {
    EXITED,
    SUPERVISOR_GONE,
    LEFT
  }
}
