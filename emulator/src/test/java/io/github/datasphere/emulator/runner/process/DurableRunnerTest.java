package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.CommandContract;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.EndingContract;
import io.github.datasphere.emulator.runner.OutputContract;
import io.github.datasphere.emulator.runner.RunnerContract.Factory;
import org.junit.jupiter.api.Nested;

/** Jobs that may outlive the emulator. */
class DurableRunnerTest {
  private static final Factory FACTORY = (folder, resources, ports, events) -> ProcessRunner.start(
      new ProcessSettings(
          folder.resolve("jobs"), Durability.ENDED_AT_CLOSE, resources, System.getenv()),
      ports,
      events);

  @Nested
  class Commands extends CommandContract {
    @Override
    protected Factory factory() {
      return FACTORY;
    }
  }

  @Nested
  class Endings extends EndingContract {
    @Override
    protected Factory factory() {
      return FACTORY;
    }
  }

  @Nested
  class Outputs extends OutputContract {
    @Override
    protected Factory factory() {
      return FACTORY;
    }
  }
}
