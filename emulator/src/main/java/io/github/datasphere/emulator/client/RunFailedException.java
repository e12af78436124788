package io.github.datasphere.emulator.client;

/** The job could not be brought to its end; the message tells a user all there is to know. */
final class RunFailedException extends Exception {
  private static final long serialVersionUID = 1;

  RunFailedException(String message) {
    super(message);
  }
}
