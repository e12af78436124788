package io.github.datasphere.emulator.files;

import java.io.IOException;

/** Content that the store does not take; the message says why and what to do. */
public final class FileRejectedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why content is refused. */
  public enum Reason {
    WRONG_CONTENT,
    TOO_LARGE,
    NO_SPACE
  }

  private final Reason reason;

  public FileRejectedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
