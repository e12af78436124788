package io.github.datasphere.emulator.runner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.connection.DockerHost;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.runner.docker.swarm.NodeConnection;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A node whose engine asks for certificates, as each has to that others can reach. */
@Isolated("it restarts an engine that other tests use")
class SwarmTlsIT extends SwarmTrouble {
  private static final int WITH_TLS = 2;
  private static final String ADDRESS = "127.0.0.12";
  private static final String PORT = "2376";
  private static final Duration SOON = Duration.ofSeconds(10);

  /** Leads from a unix socket into the network of the swarm, until its stdin ends. */
  private static final String RELAY = """
      import os, socket, sys, threading
      def copy(a, b):
          try:
              while data := a.recv(65536):
                  b.sendall(data)
              b.shutdown(socket.SHUT_WR)
          except OSError:
              pass
      def serve(server):
          while True:
              client = server.accept()[0]
              try:
                  target = socket.create_connection((sys.argv[2], int(sys.argv[3])))
              except OSError:
                  client.close()
                  continue
              threading.Thread(target=copy, args=(client, target), daemon=True).start()
              threading.Thread(target=copy, args=(target, client), daemon=True).start()
      server = socket.socket(socket.AF_UNIX)
      server.bind(sys.argv[1])
      server.listen(64)
      threading.Thread(target=serve, args=(server,), daemon=True).start()
      sys.stdin.read()
      os.unlink(sys.argv[1])
      os._exit(0)
      """;

  @TempDir
  Path certificates;

  private Process bridge;
  private TcpRelay relay;

  @BeforeEach
  void askForCertificates() throws Exception {
    TlsCertificates.make(certificates);
    Files.writeString(
        options(),
        "-H tcp://" + ADDRESS + ":" + PORT + " "
            + String.join(" ", new TlsCertificates(certificates).options()) + "\n");
    restart();
    var socket = certificates.resolve("relay.sock");
    bridge = new ProcessBuilder(
            Path.of("..", ".ci", "swarm").toAbsolutePath().normalize().toString(),
            "inside",
            RealSwarm.folder().toString(),
            "python3",
            "-c",
            RELAY,
            socket.toString(),
            ADDRESS,
            PORT)
        .redirectErrorStream(true)
        .redirectOutput(certificates.resolve("relay.log").toFile())
        .start();
    await().atMost(PATIENCE).until(() -> Files.exists(socket));
    relay = new TcpRelay("unix://" + socket);
    jobs.restart(this::runner);
  }

  @AfterEach
  void askForNone() throws Exception {
    if (jobs == null) {
      return;
    }
    jobs.close();
    if (relay != null) {
      relay.close();
    }
    if (bridge != null) {
      bridge.getOutputStream().close();
      bridge.waitFor();
    }
    Files.deleteIfExists(options());
    restart();
  }

  @Override
  SwarmEngines engines() throws DockerEngineException {
    if (relay == null) {
      return RealSwarm.engines();
    }
    return SwarmEngines.connect(
        Map.of("node1", RealSwarm.connection(1), "node2", connection(certificates)), PATIENCE);
  }

  private NodeConnection connection(Path folder) {
    var address = relay.environment().get("DOCKER_HOST");
    return patience -> DockerEngine.connect(
        DockerHost.configured("node2", address, Optional.of(folder)), Map.of(), patience);
  }

  @Test
  void jobsRunOnANodeThatAsksForCertificates() throws IOException {
    cpus = 1;
    var places = new ArrayList<Integer>();
    for (int i = 0; i < 4; i++) {
      var job =
          jobs.start(job("tls" + i, "trap 'exit 7' INT; echo begun; while :; do sleep 0.1; done"));
      jobs.awaitStdout(job, "begun");
      places.add(node(job));
    }
    assertThat(places).contains(WITH_TLS);
    for (int i = 0; i < 4; i++) {
      var id = job("tls" + i, "").id();
      jobs.runner().signal(id, 2);
      assertThat(jobs.awaitEnd(id)).isEqualTo(new Ending.Exited(7, ""));
      jobs.runner().release(id);
    }
  }

  @Test
  void certificatesOfAnotherAuthorityAreNamedAtOnce(@TempDir Path other) throws Exception {
    TlsCertificates.make(other);

    assertThatThrownBy(() -> SwarmEngines.connect(Map.of("node2", connection(other)), SOON))
        .isInstanceOf(DockerEngineException.class)
        .hasMessageContaining("node2: ")
        .hasMessageContaining("no TLS with the container engine");
  }

  @Test
  void nodeWithWrongCertificatesKeepsNoJobFromTheOthers(@TempDir Path other) throws Exception {
    TlsCertificates.make(other);

    try (var engines = SwarmEngines.connect(
        Map.of("node1", RealSwarm.connection(1), "node2", connection(other)), SOON)) {
      assertThat(engines.largest().cpus()).isPositive();
    }
  }

  private void restart() throws IOException {
    RealSwarm.signal(WITH_TLS, "KILL");
    RealSwarm.start(WITH_TLS);
    await().atMost(PATIENCE).ignoreExceptions().until(() -> {
      try (var manager = RealSwarm.engine(1)) {
        return manager.client().listSwarmNodesCmd().exec().stream()
            .allMatch(node -> String.valueOf(node.getStatus().getState()).equals("READY"));
      }
    });
  }

  private static Path options() {
    return RealSwarm.folder().resolve(WITH_TLS + "/options");
  }
}
