package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerSuite;

/** Jobs that may outlive the emulator. */
class DurableDockerIT extends RunnerSuite {
  DurableDockerIT() {
    super(RealEngine.factory(Durability.ENDED_AT_CLOSE));
  }
}
