package io.github.datasphere.emulator.store;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The medium of the store failed, and no part of the change was kept. The message says what to do,
 * and clients may see it.
 */
public final class StoreException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message, new IOException(message));
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause instanceof IOException io ? io : new IOException(cause));
  }
}
