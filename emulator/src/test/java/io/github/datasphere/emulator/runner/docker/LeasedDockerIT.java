package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerSuite;

/** Jobs that live and die with the emulator. */
class LeasedDockerIT extends RunnerSuite {
  LeasedDockerIT() {
    super(RealEngine.factory(Durability.LEASED));
  }
}
