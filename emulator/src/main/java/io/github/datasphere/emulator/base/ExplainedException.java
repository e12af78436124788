package io.github.datasphere.emulator.base;

import org.jspecify.annotations.Nullable;

/** A failure that the user can mend; its message says what failed, why, and what to do. */
public final class ExplainedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ExplainedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
