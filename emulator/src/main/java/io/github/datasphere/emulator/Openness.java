package io.github.datasphere.emulator;

import io.github.datasphere.emulator.job.Origins;

/** Whether an emulator can still be used. */
final class Openness {
  private volatile boolean over;

  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /**
   * Does nothing while it is open.
   *
   * @throws IllegalStateException from then on; its trace begins in the author's code
   */
  void check() {
    if (over) {
      throw Origins.inAuthorsCode(new IllegalStateException(
          "this emulator is closed, by close() or at the end of its test: let each test take its"
              + " own, as a parameter or in a @FromEmulator field"));
    }
  }
}
