package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerSuite;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What runners promise, on the nodes of a swarm that was started before. */
class SwarmIT extends RunnerSuite {
  SwarmIT() {
    super((folder, resources, ports, events) -> {
      try {
        var engines = new LinkedHashMap<String, DockerEngine>();
        var count = Integer.parseInt(System.getenv().getOrDefault("SWARM_NODES", "2"));
        for (int i = 1; i <= count; i++) {
          engines.put("node" + i, engine(i));
        }
        return SwarmRunner.start(
            engine(1),
            engines,
            RealEngine.settings(folder, Durability.ENDED_AT_CLOSE, resources),
            ports,
            events);
      } catch (DockerEngineException e) {
        throw new AssertionError(e);
      }
    });
  }

  private static DockerEngine engine(int node) throws DockerEngineException {
    var folder = System.getenv("DATASPHERE_EMULATOR_TEST_SWARM");
    if (folder == null) {
      throw RealEngine.missing("DATASPHERE_EMULATOR_TEST_SWARM names no folder of a swarm");
    }
    var socket = "unix://" + Path.of(folder, String.valueOf(node), "docker.sock");
    return DockerEngine.connect(Map.of("DOCKER_HOST", socket), Duration.ofSeconds(20));
  }
}
