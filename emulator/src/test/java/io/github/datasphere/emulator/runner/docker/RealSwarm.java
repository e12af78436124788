package io.github.datasphere.emulator.runner.docker;

import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.connection.DockerHost;
import io.github.datasphere.emulator.runner.docker.swarm.NodeConnection;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The swarm that {@code .ci/swarm up} has started in a folder. */
final class RealSwarm {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private RealSwarm() {}

  /** Skips the test where there is none, or fails it where one is required. */
  static Path folder() {
    var folder = System.getenv("DATASPHERE_EMULATOR_TEST_SWARM");
    if (folder == null) {
      throw RealEngine.missing(
          "swarm", "DATASPHERE_EMULATOR_TEST_SWARM names no folder of a swarm (.ci/swarm up)");
    }
    return Path.of(folder);
  }

  static int size() {
    int count = 0;
    while (Files.isDirectory(folder().resolve(String.valueOf(count + 1)))) {
      count++;
    }
    return count;
  }

  static NodeConnection connection(int node) {
    var host = "unix://" + folder().resolve(String.valueOf(node)).resolve("docker.sock");
    return patience -> DockerEngine.connect(
        DockerHost.configured("node" + node, host, Optional.empty()), System.getenv(), patience);
  }

  static DockerEngine engine(int node) throws DockerEngineException {
    return connection(node).connect(PATIENCE);
  }

  static SwarmEngines engines() throws DockerEngineException {
    var connections = new LinkedHashMap<String, NodeConnection>();
    for (int i = 1; i <= size(); i++) {
      connections.put("node" + i, connection(i));
    }
    return SwarmEngines.connect(Map.copyOf(connections), PATIENCE);
  }

  /** Sends a signal to the engine of a node. */
  static void signal(int node, String signal) throws IOException {
    var pid =
        Files.readString(folder().resolve(String.valueOf(node)).resolve("pid")).strip();
    run("kill", "-" + signal, pid);
  }

  /** Starts the engine of a node again. */
  static void start(int node) throws IOException {
    run(
        Path.of("..", ".ci", "swarm").toAbsolutePath().normalize().toString(),
        "node",
        folder().toString(),
        String.valueOf(node));
    await().atMost(PATIENCE).ignoreExceptions().until(() -> {
      try (var engine = engine(node)) {
        return engine.answers(PATIENCE);
      }
    });
  }

  private static void run(String... command) throws IOException {
    var process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    await().atMost(PATIENCE).until(() -> !process.isAlive());
  }
}
