package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.time.Duration;

/** Connects to the engine of one node, now and whenever the node comes back. */
@FunctionalInterface
public interface NodeConnection {
  /**
   * Connects; the caller closes the engine.
   *
   * @param patience how long the engine may take to answer
   * @throws DockerEngineException if its address or its certificates are wrong, or if it is silent
   */
  DockerEngine connect(Duration patience) throws DockerEngineException;
}
