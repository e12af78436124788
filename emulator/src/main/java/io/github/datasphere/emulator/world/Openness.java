package io.github.datasphere.emulator.world;

import io.github.datasphere.emulator.base.CallSites;

/** Knows whether an emulator is still open. */
public final class Openness {
  private volatile boolean over;

  public void end() {
    over = true;
  }

  public boolean isOver() {
    return over;
  }

  /**
   * Does nothing while the emulator is open.
   *
   * @throws IllegalStateException if it is closed; the trace begins in the test author's code
   */
  public void check() {
    if (over) {
      throw CallSites.inAuthorsCode(new IllegalStateException(
          "this emulator is closed, by close() or at the end of its test: let each test take its"
              + " own, as a parameter or in a @FromEmulator field"));
    }
  }
}
