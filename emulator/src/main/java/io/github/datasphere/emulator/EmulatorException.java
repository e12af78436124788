package io.github.datasphere.emulator;

import io.github.datasphere.emulator.base.ExplainedException;

/** The emulator cannot start; the message says why and what to do. */
public final class EmulatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmulatorException(ExplainedException failure) {
    super(failure.getMessage(), failure.getCause());
  }

  /** Lets callers see the exception of this package alone. */
  static void told(Runnable change) {
    try {
      change.run();
    } catch (ExplainedException e) {
      throw new EmulatorException(e);
    }
  }
}
