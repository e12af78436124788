package io.github.datasphere.emulator.runner.process;

/** The job was stopped while it was prepared. */
final class CancelledException extends Exception {
  private static final long serialVersionUID = 1L;

  CancelledException() {
    super(null, null, false, false);
  }
}
