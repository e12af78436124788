package io.github.datasphere.emulator.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A storage does not work as it should; the message says why and what to do. */
public final class StorageException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Whether it may help to ask again. */
  public enum Reason {
    /** The storage does not answer, or cannot serve right now. */
    UNAVAILABLE,
    /** The storage answers but refuses: keys, clock, bucket or certificate are wrong. */
    REFUSED
  }

  private final Reason reason;

  public StorageException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
