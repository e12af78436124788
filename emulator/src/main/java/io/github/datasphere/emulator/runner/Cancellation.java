package io.github.datasphere.emulator.runner;

/** Whether a preparation should still go on. */
@FunctionalInterface
public interface Cancellation {
  void check() throws CancelledException;
}
