package io.github.datasphere.emulator.runner;

/** Where a runner tells what happened; returns at once, may be called from any thread. */
@FunctionalInterface
public interface RunnerEvents {
  void accept(RunnerEvent event);
}
