package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.swarm.Swarm;
import io.github.datasphere.emulator.docker.swarm.SwarmMember;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows when each node was last seen by the manager. While the manager itself is silent no node is
 * taken for lost.
 */
final class NodeWatch {
  private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);

  /** How long a node may be away, in addition to the manager's own ten seconds. */
  private static final Duration MAY_BE_AWAY = Duration.ofSeconds(10);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Swarm swarm;
  private final Clock clock;
  private final Map<String, Instant> lastSeen = new ConcurrentHashMap<>();
  private Instant nextLook = Instant.MIN;

  NodeWatch(Swarm swarm, Clock clock) {
    this.swarm = swarm;
    this.clock = clock;
  }

  /** Returns when a node was last seen if it has been away for too long; empty if it has not. */
  Optional<Instant> lostSince(String node) {
    look();
    var now = clock.instant();
    var last = lastSeen.computeIfAbsent(node, fresh -> now);
    return last.plus(MAY_BE_AWAY).isBefore(now) ? Optional.of(last) : Optional.empty();
  }

  /** Asks the manager, at most once a second for all runs together. */
  private synchronized void look() {
    var now = clock.instant();
    if (now.isBefore(nextLook)) {
      return;
    }
    nextLook = now.plus(BETWEEN_LOOKS);
    try {
      for (var member : swarm.members()) {
        note(member, now);
      }
    } catch (DockerEngineException e) {
      LOG.debug("The manager does not answer", e);
      lastSeen.clear();
    }
  }

  private void note(SwarmMember member, Instant now) {
    if (member.isUp()) {
      lastSeen.put(member.id(), now);
    } else {
      lastSeen.putIfAbsent(member.id(), now);
    }
  }
}
