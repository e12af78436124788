package io.github.datasphere.emulator.docker.swarm;

import com.github.dockerjava.api.model.LocalNodeState;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an engine says of its place in a swarm.
 *
 * @param node id of its node; empty if it is in no swarm
 * @param isManager whether it can be asked about the swarm
 * @param time of its machine; empty if it does not tell
 */
public record Membership(String node, boolean isManager, Optional<Instant> time) {
  /** Asks an engine. */
  public static Membership of(DockerEngine engine) throws DockerEngineException {
    var info = engine.ask(() -> engine.client().infoCmd().exec());
    var swarm = info.getSwarm();
    var isIn = swarm != null && swarm.getLocalNodeState() == LocalNodeState.ACTIVE;
    return new Membership(
        isIn ? Objects.requireNonNullElse(swarm.getNodeID(), "") : "",
        isIn && Boolean.TRUE.equals(swarm.getControlAvailable()),
        time(info.getSystemTime()));
  }

  private static Optional<Instant> time(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(told -> OffsetDateTime.parse(told).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
