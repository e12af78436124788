package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.FakeEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.connection.DockerHost;
import io.github.datasphere.emulator.runner.docker.swarm.NodeConnection;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads who starts with engines that make no swarm. */
class SwarmStartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private FakeEngine manager;
  private FakeEngine worker;

  @BeforeEach
  void startEngines() throws IOException {
    manager = member("one", true);
    worker = member("two", false);
    manager.says("/nodes", 200, "[" + node("one") + "," + node("two") + "]");
  }

  @AfterEach
  void stopEngines() {
    if (manager != null) {
      manager.close();
    }
    if (worker != null) {
      worker.close();
    }
  }

  @Test
  void engineThatIsNoManagersAloneIsRefusedAndNamed() {
    assertRefused(
        Map.of("b", connection("b", worker.host())),
        "none of the engines that the configuration names is a manager",
        "b is a worker");
  }

  @Test
  void engineOutsideOfAnySwarmIsRefused() {
    manager.says(
        "/info", 200, "{\"NCPU\":2,\"MemTotal\":1,\"Swarm\":{\"LocalNodeState\":\"inactive\"}}");

    assertRefused(Map.of("a", connection("a", manager.host())), "is in no swarm");
  }

  @Test
  void engineThatDoesNotAnswerIsNamedWhereNoManagerIsThere() {
    manager.close();

    assertRefused(
        Map.of("a", connection("a", manager.host()), "b", connection("b", worker.host())),
        "a: no container engine answers",
        "b is a worker");
  }

  @Test
  void nodeThatCannotBeReachedKeepsNobodyFromTheOthers() throws Exception {
    worker.close();

    try (var engines = SwarmEngines.connect(
        Map.of("a", connection("a", manager.host()), "b", connection("b", worker.host())),
        PATIENCE)) {
      assertThat(engines.largest().cpus()).isEqualTo(8);
    }
  }

  @Test
  void twoNamesOfOneNodeAreTold() {
    worker.says("/info", 200, info("one", false));

    assertThatThrownBy(() -> SwarmEngines.connect(
            Map.of("b", connection("b", worker.host()), "c", connection("c", worker.host())),
            PATIENCE))
        .hasMessageContaining("lead to the same node");
  }

  @Test
  void certificatesThatAreMissingAreNamed(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("ca.pem"), "no certificate");
    NodeConnection broken = patience -> DockerEngine.connect(
        DockerHost.configured("a", "tcp://127.0.0.1:1", Optional.of(folder)), Map.of(), patience);

    assertRefused(Map.of("a", broken), "a: ", folder.toString());
  }

  private static void assertRefused(Map<String, NodeConnection> connections, String... words) {
    assertThatThrownBy(() -> SwarmEngines.connect(connections, PATIENCE))
        .isInstanceOfSatisfying(DockerEngineException.class, refused -> {
          assertThat(refused).hasMessageContainingAll(words);
          assertThat(refused.advice()).contains("docker node ls");
        });
  }

  private static NodeConnection connection(String name, String host) {
    return patience -> DockerEngine.connect(
        DockerHost.configured(name, host, Optional.empty()), Map.of(), patience);
  }

  private static FakeEngine member(String id, boolean manages) throws IOException {
    return FakeEngine.start()
        .isVersion("27.3.1", "1.47")
        .says("/json", 200, "{}")
        .says("/nodes", 503, "{\"message\":\"This node is not a swarm manager.\"}")
        .says("/info", 200, info(id, manages));
  }

  private static String info(String id, boolean manages) {
    return "{\"NCPU\":8,\"MemTotal\":17179869184,\"Swarm\":{\"NodeID\":\"" + id
        + "\",\"LocalNodeState\":\"active\",\"ControlAvailable\":" + manages + "}}";
  }

  private static String node(String id) {
    return "{\"ID\":\"" + id + "\",\"Spec\":{\"Availability\":\"active\"},\"Status\":{\"State\":"
        + "\"ready\"},\"Description\":{\"Hostname\":\"" + id + "\",\"Platform\":{\"Architecture\":"
        + "\"x86_64\"},\"Resources\":{\"NanoCPUs\":8000000000,\"MemoryBytes\":17179869184}}}";
  }
}
