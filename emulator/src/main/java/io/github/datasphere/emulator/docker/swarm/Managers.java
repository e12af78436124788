package io.github.datasphere.emulator.docker.swarm;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.SwarmNode;
import com.github.dockerjava.api.model.SwarmNodeAvailability;
import com.github.dockerjava.api.model.SwarmNodeState;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.Deadline;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The managers of a swarm. Each question goes to the first that answers it, so that a manager that
 * is stopped, frozen or not one any more costs nothing but time.
 */
public final class Managers {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int NO_MANAGER = 503;

  private final Supplier<List<DockerEngine>> engines;
  private volatile int first;

  /**
   * Uses these engines, which stay open.
   *
   * @param engines those of the nodes that can be reached now, managers or not
   */
  public Managers(Supplier<List<DockerEngine>> engines) {
    this.engines = engines;
  }

  /**
   * Returns all nodes of the swarm.
   *
   * @throws DockerEngineException if no manager answers
   */
  public List<SwarmMember> members() throws DockerEngineException {
    return ask(client -> client.listSwarmNodesCmd().exec()).stream()
        .map(Managers::member)
        .toList();
  }

  /**
   * Asks a manager.
   *
   * @throws DockerEngineException if one refuses, or if none answers
   */
  <T> T ask(Function<DockerClient, T> call) throws DockerEngineException {
    var all = engines.get();
    var failure = new DockerEngineException("no engine of a manager of the swarm answers", 0, null);
    for (int i = 0; i < all.size(); i++) {
      var next = (first + i) % all.size();
      var engine = all.get(next);
      try {
        var answer = within(engine, call);
        first = next;
        return answer;
      } catch (DockerEngineException e) {
        if (!e.isSilence() && e.status() != NO_MANAGER) {
          throw e;
        }
        failure.addSuppressed(e);
      }
    }
    throw failure;
  }

  private static <T> T within(DockerEngine engine, Function<DockerClient, T> call)
      throws DockerEngineException {
    try {
      return Deadline.within(PATIENCE, () -> engine.ask(() -> call.apply(engine.client())));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof DockerEngineException known
          ? known
          : new DockerEngineException(String.valueOf(e.getMessage()), 0, e);
    } catch (TimeoutException e) {
      throw new DockerEngineException(
          "the engine at " + engine.facts().place() + " does not answer", 0, e);
    }
  }

  private static SwarmMember member(SwarmNode node) {
    var description = Objects.requireNonNull(node.getDescription());
    var resources = Objects.requireNonNull(description.getResources());
    var platform = description.getPlatform();
    var state = node.getStatus() == null ? null : node.getStatus().getState();
    var availability = node.getSpec() == null ? null : node.getSpec().getAvailability();
    return new SwarmMember(
        String.valueOf(node.getId()),
        String.valueOf(description.getHostname()),
        platform == null ? "" : String.valueOf(platform.getArchitecture()),
        Objects.requireNonNullElse(resources.getNanoCPUs(), 0L),
        Objects.requireNonNullElse(resources.getMemoryBytes(), 0L),
        NodeGpus.of(node),
        state == SwarmNodeState.READY,
        availability == SwarmNodeAvailability.ACTIVE,
        state + ", " + availability);
  }
}
