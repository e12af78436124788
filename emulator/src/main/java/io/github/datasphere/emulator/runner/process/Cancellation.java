package io.github.datasphere.emulator.runner.process;

/** Whether a preparation should still go on. */
@FunctionalInterface
interface Cancellation {
  void check() throws CancelledException;
}
