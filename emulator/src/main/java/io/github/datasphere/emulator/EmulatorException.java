package io.github.datasphere.emulator;

import io.github.datasphere.emulator.base.ExplainedException;

/** The emulator cannot start; the message says why and what to do. */
public final class EmulatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmulatorException(ExplainedException failure) {
    super(failure.getMessage(), failure.getCause());
  }
}
