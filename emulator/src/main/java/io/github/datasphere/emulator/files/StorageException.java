package io.github.datasphere.emulator.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A storage that does not serve as it should; the message says why and what to do. */
public final class StorageException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Whether it may help to ask again. */
  public enum Reason {
    /** It does not answer, or cannot right now. */
    UNAVAILABLE,
    /** It answers, and refuses: keys, clock, bucket or certificate are wrong. */
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
