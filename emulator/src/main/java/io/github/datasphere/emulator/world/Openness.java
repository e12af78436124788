package io.github.datasphere.emulator.world;

import io.github.datasphere.emulator.base.CallSites;
import java.util.concurrent.atomic.AtomicBoolean;

/** Knows whether an emulator is still open. */
public final class Openness {
  private final AtomicBoolean over = new AtomicBoolean();

  /** Returns whether it was open until now. */
  public boolean end() {
    return !over.getAndSet(true);
  }

  public boolean isOver() {
    return over.get();
  }

  /**
   * Does nothing while the emulator is open.
   *
   * @throws IllegalStateException if it is closed; the trace begins in the test author's code
   */
  public void check() {
    if (isOver()) {
      throw CallSites.inAuthorsCode(new IllegalStateException(
          "this emulator is closed, by close() or at the end of its test: let each test take its"
              + " own, as a parameter or in a @FromEmulator field"));
    }
  }
}
