package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerSuite;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmRunner;
import java.io.IOException;

/** What runners promise, on the nodes of a swarm that was started before. */
class SwarmIT extends RunnerSuite {
  SwarmIT() {
    super((folder, resources, ports, events) -> {
      try {
        RealSwarm.equipped();
        return SwarmRunner.start(
            RealSwarm.engines(),
            new SwarmRunner.Choices(false, 1 << 30),
            RealEngine.settings(folder, Durability.ENDED_AT_CLOSE, resources),
            ports,
            events);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    });
  }
}
