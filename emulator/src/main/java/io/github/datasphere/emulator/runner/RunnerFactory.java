package io.github.datasphere.emulator.runner;

/** Makes the runner once it is known who listens to it. */
@FunctionalInterface
public interface RunnerFactory {
  JobRunner create(RunnerEvents events);
}
