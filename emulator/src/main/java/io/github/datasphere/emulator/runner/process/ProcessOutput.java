package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.run.CommandEnd;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** The output of a command that runs. */
@FunctionalInterface
interface ProcessOutput {
  /**
   * Passes output on to the log until the command has ended.
   *
   * @param isLeft tells when to stop although the command goes on
   */
  CommandEnd follow(BooleanSupplier isLeft) throws IOException;
}
