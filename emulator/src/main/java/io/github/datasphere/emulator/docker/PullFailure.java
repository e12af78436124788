package io.github.datasphere.emulator.docker;

/** The registry gave no image; the message is the engine's. */
final class PullFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PullFailure(String message) {
    super(message);
  }
}
