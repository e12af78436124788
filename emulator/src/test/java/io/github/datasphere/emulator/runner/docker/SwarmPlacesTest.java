package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.FakeEngine;
import io.github.datasphere.emulator.docker.ImagePull;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.connection.DockerHost;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.RunnerHarness;
import io.github.datasphere.emulator.runner.TestJobs;
import io.github.datasphere.emulator.runner.docker.container.DockerSettings;
import io.github.datasphere.emulator.runner.docker.container.JobImages;
import io.github.datasphere.emulator.runner.docker.container.JobSize;
import io.github.datasphere.emulator.runner.docker.swarm.NodeConnection;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmEngines;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a swarm whose nodes are unlike each other. */
class SwarmPlacesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir
  Path folder;

  private final List<String> reserved = new CopyOnWriteArrayList<>();
  private FakeEngine manager;
  private FakeEngine other;

  @BeforeEach
  void startEngines() throws IOException {
    manager = member("small", "amd64", true);
    other = member("large", "arm64", false);
    manager
        .says("/services", 200, "[]")
        .says("/tasks", 200, "[]")
        .does("/services/create", exchange -> {
          reserved.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          send(exchange, 201, "{\"ID\":\"s1\"}");
        });
  }

  @AfterEach
  void stopEngines() {
    if (manager != null) {
      manager.close();
    }
    if (other != null) {
      other.close();
    }
  }

  @Test
  void nodesOfTheProcessorThatCanHoldTheJobAreAskedFor() throws Exception {
    knows(node("small", "x86_64", 2, ""), node("large", "aarch64", 8, ""));

    var forSmall = reservation(new JobSize(1, 1 << 20, 0, 0, "some", false));
    var forLarge = reservation(new JobSize(4, 1 << 20, 0, 0, "some", false));

    assertThat(forSmall).contains("node.id!=large").doesNotContain("node.id!=small");
    assertThat(forLarge).contains("node.id!=small").doesNotContain("node.id!=large");
    assertThat(image(forSmall)).isNotEqualTo(image(forLarge));
  }

  @Test
  void nodesThatLendGpusAreAskedForThem() throws Exception {
    knows(
        node("small", "x86_64", 8, ""),
        node(
            "large",
            "aarch64",
            8,
            ",\"GenericResources\":[" + named("a") + "," + named("b") + "]"));

    var wanted = reservation(new JobSize(1, 1 << 20, 2, 2, "some", false));

    assertThat(wanted)
        .contains("node.id!=small")
        .contains("\"GenericResources\":[{\"DiscreteResourceSpec\":{")
        .contains("\"Kind\":\"NVIDIA-GPU\"", "\"Value\":2");
  }

  @Test
  void whereNoNodeLendsGpusNoneAreReserved() throws Exception {
    knows(node("small", "x86_64", 8, ""), node("large", "aarch64", 8, ""));

    assertThat(reservation(new JobSize(1, 1 << 20, 1, 1, "some", false)))
        .doesNotContain("GenericResources");
  }

  @Test
  void nodeOfAnUnknownProcessorIsToldAtTheStart() throws Exception {
    other.says(
        "/version", 200, "{\"Version\":\"27.3.1\",\"ApiVersion\":\"1.47\",\"Arch\":\"riscv64\"}");

    assertThatThrownBy(() -> SwarmEngines.connect(Map.of("b", connection("b", other)), PATIENCE))
        .isInstanceOf(DockerEngineException.class)
        .hasMessageContaining("b: a node has the processor riscv64");
  }

  private String reservation(JobSize size) throws Exception {
    var engines = SwarmEngines.connect(
        Map.of("a", connection("a", manager), "b", connection("b", other)), PATIENCE);
    var settings = new DockerSettings(
        folder.resolve("docker"),
        Durability.LEASED,
        new Ownership("test-places"),
        JobResources.within(folder),
        new JobImages(Map.of(), Map.of(), "some:1", ImagePull.Policy.NEVER, Optional.empty()),
        job -> size,
        Map.of());
    int before = reserved.size();
    try (var jobs = new RunnerHarness((ports, events) ->
        SwarmRunner.start(engines, new SwarmRunner.Choices(false, 0), settings, ports, events))) {
      var job = TestJobs.job("true").build();
      jobs.runner().run(job);
      await().atMost(PATIENCE).until(() -> reserved.size() > before);
      jobs.runner().kill(job.id());
      jobs.awaitEnd(job.id());
    }
    return reserved.get(before);
  }

  private static String image(String reservation) {
    return reservation.replaceFirst(".*\"Image\":\"([^\"]*)\".*", "$1");
  }

  private static NodeConnection connection(String name, FakeEngine engine) {
    return patience -> DockerEngine.connect(
        DockerHost.configured(name, engine.host(), Optional.empty()), Map.of(), patience);
  }

  private static FakeEngine member(String id, String architecture, boolean manages)
      throws IOException {
    return FakeEngine.start()
        .says(
            "/version",
            200,
            "{\"Version\":\"27.3.1\",\"ApiVersion\":\"1.47\",\"Arch\":\"" + architecture + "\"}")
        .says("/_ping", 200, "OK")
        .does(
            "/json",
            exchange -> send(
                exchange,
                200,
                exchange.getRequestURI().getPath().endsWith("/containers/json") ? "[]" : "{}"))
        .says("/volumes", 200, "{}")
        .says("/nodes", 503, "{\"message\":\"This node is not a swarm manager.\"}")
        .says(
            "/info",
            200,
            "{\"NCPU\":8,\"MemTotal\":17179869184,\"Swarm\":{\"NodeID\":\"" + id
                + "\",\"LocalNodeState\":\"active\",\"ControlAvailable\":" + manages + "}}");
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    var body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private void knows(String... nodes) {
    manager.says("/nodes", 200, "[" + String.join(",", nodes) + "]");
  }

  private static String named(String value) {
    return "{\"NamedResourceSpec\":{\"Kind\":\"NVIDIA-GPU\",\"Value\":\"" + value + "\"}}";
  }

  private static String node(String id, String architecture, int cpus, String more) {
    return "{\"ID\":\"" + id + "\",\"Spec\":{\"Availability\":\"active\"},\"Status\":{\"State\":"
        + "\"ready\"},\"Description\":{\"Hostname\":\"" + id
        + "\",\"Platform\":{\"Architecture\":\""
        + architecture + "\"},\"Resources\":{\"NanoCPUs\":" + cpus
        + "000000000,\"MemoryBytes\":17179869184" + more + "}}}";
  }
}
