package io.github.datasphere.emulator.client;

/**
 * Leaves whatever a run is doing after a cancel. Unchecked, since it goes through code that knows
 * nothing of runs.
 */
final class RunCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1;
}
