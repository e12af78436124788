package io.github.datasphere.emulator;

import io.github.datasphere.emulator.job.Origins;

/** Knows whether an emulator is still open. */
final class Openness {
  private volatile boolean over;

  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /**
   * Does nothing while the emulator is open.
   *
   * @throws IllegalStateException if it is closed; the trace begins in the test author's code
   */
  void check() {
    if (over) {
      throw Origins.inAuthorsCode(new IllegalStateException(
          "this emulator is closed, by close() or at the end of its test: let each test take its"
              + " own, as a parameter or in a @FromEmulator field"));
    }
  }
}
