package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.job.capacity.Resources;
import io.github.datasphere.emulator.runner.RunnerFactory;
import java.util.function.Supplier;

/**
 * A runner, and what it runs jobs on.
 *
 * @param machine the most that one job can get
 * @param all what all jobs share; more than that where there are several machines
 * @param isLimited whether each job is limited to what its instance type has, and waits until that
 *     is free
 */
public record SelectedRunner(
    RunnerFactory factory,
    Supplier<Resources> machine,
    Supplier<Resources> all,
    boolean isLimited) {

  /** Returns the choice of a runner that has one machine. */
  public static SelectedRunner of(
      RunnerFactory factory, Supplier<Resources> machine, boolean isLimited) {
    return new SelectedRunner(factory, machine, machine, isLimited);
  }

  /** Returns the choice for scripted jobs, which take nothing of the machine. */
  public static SelectedRunner scripted(RunnerFactory factory) {
    return of(factory, Machine::resources, false);
  }
}
