package io.github.datasphere.emulator.client.files;

/** A file that could not be packed, sent, fetched or unpacked; the message tells a user all. */
public final class FileException extends Exception {
  private static final long serialVersionUID = 1;

  public FileException(String message) {
    super(message);
  }

  public FileException(String message, Throwable cause) {
    super(message, cause);
  }
}
