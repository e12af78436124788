package io.github.datasphere.emulator.runner.plan;

/** The job cannot run; the message tells its user why, and what to do (service-behaviour 10.10). */
public final class PreparationException extends Exception {
  private static final long serialVersionUID = 1L;

  public PreparationException(String message) {
    super(message);
  }

  public PreparationException(String message, Throwable cause) {
    super(message, cause);
  }
}
