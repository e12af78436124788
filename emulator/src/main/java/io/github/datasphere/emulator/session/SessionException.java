package io.github.datasphere.emulator.session;

import org.jspecify.annotations.Nullable;

/** A recording that cannot be read, written or used; the message says why, and what to do. */
public class SessionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SessionException(String message) {
    super(message);
  }

  public SessionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
