package io.github.datasphere.emulator;

import org.jspecify.annotations.Nullable;

/** The emulator cannot start; the message says why and what to do. */
public final class EmulatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EmulatorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
