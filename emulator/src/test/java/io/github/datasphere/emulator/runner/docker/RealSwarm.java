package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Images;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.connection.DockerHost;
import io.github.datasphere.emulator.runner.docker.swarm.NodeConnection;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The swarm that {@code .ci/swarm up} has started in a folder. */
public final class RealSwarm {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A node that a test has stopped is waited for that long. */
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

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

  /** Names its engines for the configuration of an emulator. */
  public static String configuration() throws IOException {
    equipped();
    var engines = new ArrayList<String>();
    for (int i = 1; i <= size(); i++) {
      engines.add("node" + i + ": {address: \"unix://" + socket(i) + "\"}");
    }
    return "runner: swarm\nengines: {" + String.join(", ", engines) + "}\n";
  }

  /** Where a node keeps its data. */
  public static Path dataOf(int node) {
    return folder().resolve(node + "/data");
  }

  static Path socket(int node) {
    return folder().resolve(String.valueOf(node)).resolve("docker.sock");
  }

  /** The same; sees that each node has the image of the tests. */
  static Path equipped() throws IOException {
    var folder = folder();
    var image = RealEngine.image();
    for (int i = 1; i <= size(); i++) {
      try (var node = engine(i)) {
        if (new Images(node).find(image).isEmpty()) {
          try (var other = RealEngine.connect();
              var content = other.client().saveImageCmd(image).exec()) {
            node.tell(() -> node.client().loadImageCmd(content).exec());
          }
        }
      }
    }
    return folder;
  }

  static int size() {
    int count = 0;
    while (Files.isDirectory(folder().resolve(String.valueOf(count + 1)))) {
      count++;
    }
    return count;
  }

  static NodeConnection connection(int node) {
    var host = "unix://" + socket(node);
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
    return SwarmEngines.connect(Map.copyOf(connections), CONNECT_PATIENCE);
  }

  /** Sends a signal to the engine of a node. */
  static void signal(int node, String signal) throws IOException {
    run("signal", String.valueOf(node), signal);
  }

  /** Starts the engine of a node again. */
  static void start(int node) throws IOException {
    start(node, System.getenv("PATH"));
  }

  /** The same; it finds its programs in this path. */
  static void start(int node, String path) throws IOException {
    runWith(path, "node", String.valueOf(node));
    await().atMost(PATIENCE).ignoreExceptions().until(() -> {
      try (var engine = engine(node)) {
        return engine.answers(PATIENCE);
      }
    });
  }

  /** Has {@code .ci/swarm} do something with this swarm. */
  static void run(String verb, String... words) throws IOException {
    runWith(System.getenv("PATH"), verb, words);
  }

  private static void runWith(String path, String verb, String... words) throws IOException {
    var command = new ArrayList<>(List.of(
        Path.of("..", ".ci", "swarm").toAbsolutePath().normalize().toString(),
        verb,
        folder().toString()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("PATH", path);
    var process = builder.start();
    await().atMost(PATIENCE).until(() -> !process.isAlive());
    assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
  }
}
