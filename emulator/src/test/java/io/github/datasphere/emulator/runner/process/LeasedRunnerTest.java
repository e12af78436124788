package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.LinkContract;
import io.github.datasphere.emulator.runner.RunnerContract.Factory;
import io.github.datasphere.emulator.runner.RunnerSuite;
import org.junit.jupiter.api.Nested;

/** Jobs that live and die with the emulator. */
class LeasedRunnerTest extends RunnerSuite {
  private static final Factory FACTORY = (folder, resources, ports, events) -> ProcessRunner.start(
      new ProcessSettings(folder.resolve("jobs"), Durability.LEASED, resources, System.getenv()),
      ports,
      events);

  LeasedRunnerTest() {
    super(FACTORY);
  }

  @Nested
  class Links extends LinkContract {
    @Override
    protected Factory factory() {
      return FACTORY;
    }
  }
}
