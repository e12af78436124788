package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.runner.CommandContract;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerContract.Factory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Jobs in containers of Podman, through the socket on which it speaks as Docker does. */
class PodmanIT {
  private static final String SOCKET = "DATASPHERE_EMULATOR_TEST_PODMAN";

  @Nested
  class Commands extends CommandContract {
    @Override
    protected Factory factory() {
      return podman();
    }
  }

  private static Factory podman() {
    return (folder, resources, ports, events) -> DockerRunner.start(
        connect(), RealEngine.settings(folder, Durability.LEASED, resources), ports, events);
  }

  private static DockerEngine connect() {
    var socket = System.getenv(SOCKET);
    if (socket == null) {
      throw missing(SOCKET + " names no socket of Podman, such as unix:///run/podman/podman.sock");
    }
    try {
      return DockerEngine.connect(Map.of("DOCKER_HOST", socket), Duration.ofMinutes(1));
    } catch (DockerEngineException e) {
      throw missing(String.valueOf(e.getMessage()));
    }
  }

  private static RuntimeException missing(String what) {
    var required = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (List.of(required.split(",")).contains("podman")) {
      fail(what);
    }
    return abort(what);
  }
}
