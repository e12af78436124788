package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.runner.docker.swarm.NodeConnection;
import io.github.datasphere.emulator.runner.docker.swarm.SwarmEngines;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The engines of the swarm as an emulator on another machine sees them. */
final class RelayedSwarm implements AutoCloseable {
  private final Map<Integer, TcpRelay> relays = new LinkedHashMap<>();

  /** In front of all engines. */
  RelayedSwarm() {
    for (int i = 1; i <= RealSwarm.size(); i++) {
      relays.put(i, new TcpRelay("unix://" + RealSwarm.socket(i)));
    }
  }

  SwarmEngines engines() throws DockerEngineException {
    var connections = new LinkedHashMap<String, NodeConnection>();
    relays.forEach((node, relay) -> connections.put(
        "node" + node, patience -> DockerEngine.connect(relay.environment(), patience)));
    return SwarmEngines.connect(connections, Duration.ofSeconds(30));
  }

  /** How many bytes have gone to the engines. */
  long sent() {
    return relays.values().stream().mapToLong(TcpRelay::sent).sum();
  }

  TcpRelay node(int node) {
    return relays.get(node);
  }

  @Override
  public void close() throws IOException {
    for (var relay : relays.values()) {
      relay.close();
    }
  }
}
