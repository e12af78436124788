package io.github.datasphere.emulator.runner;

/** The job was stopped while it was prepared. */
public final class CancelledException extends Exception {
  private static final long serialVersionUID = 1L;

  public CancelledException() {
    super(null, null, false, false);
  }
}
