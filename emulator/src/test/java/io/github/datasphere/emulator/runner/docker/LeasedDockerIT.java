package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.LinkContract;
import io.github.datasphere.emulator.runner.RunnerContract.Factory;
import io.github.datasphere.emulator.runner.RunnerSuite;
import org.junit.jupiter.api.Nested;

/** Jobs that live and die with the emulator. */
class LeasedDockerIT extends RunnerSuite {
  LeasedDockerIT() {
    super(RealEngine.factory(Durability.LEASED));
  }

  @Nested
  class Links extends LinkContract {
    @Override
    protected Factory factory() {
      return RealEngine.factory(Durability.LEASED);
    }
  }
}
