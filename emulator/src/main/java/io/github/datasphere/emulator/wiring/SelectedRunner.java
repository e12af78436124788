package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.job.capacity.Resources;
import io.github.datasphere.emulator.runner.RunnerFactory;
import java.util.function.Supplier;

/**
 * A runner, and what it runs jobs on.
 *
 * @param machine the resources that jobs share
 * @param isLimited whether each job is limited to what its instance type has, and waits until that
 *     is free
 */
public record SelectedRunner(
    RunnerFactory factory, Supplier<Resources> machine, boolean isLimited) {

  /** Returns the choice for scripted jobs, which take nothing of the machine. */
  public static SelectedRunner scripted(RunnerFactory factory) {
    return new SelectedRunner(factory, Machine::resources, false);
  }
}
