package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.swarm.Managers;
import io.github.datasphere.emulator.docker.swarm.Membership;
import io.github.datasphere.emulator.docker.swarm.Swarm;
import io.github.datasphere.emulator.docker.swarm.SwarmMember;
import io.github.datasphere.emulator.job.capacity.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines of a swarm's nodes. A node that cannot be reached is left out until it can be; at
 * least one engine has to be a manager's at the start.
 */
public final class SwarmEngines implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SwarmEngines.class);
  private static final Comparator<SwarmMember> BY_SIZE =
      Comparator.comparingLong(SwarmMember::nanoCpus).thenComparingLong(SwarmMember::memoryBytes);

  private final Map<String, NodeConnection> connections;
  private final Map<String, Link> links = new ConcurrentHashMap<>();
  private final Managers managers = new Managers(this::reached);

  /**
   * An engine that was reached.
   *
   * @param name which the configuration gives the node
   * @param node id of the node in the swarm
   */
  record Link(String name, DockerEngine engine, String node, boolean isManager) {}

  private SwarmEngines(Map<String, NodeConnection> connections) {
    this.connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
  }

  /**
   * Connects to all engines at once.
   *
   * @param connections by the names that the configuration gives the nodes
   * @param patience how long an engine may take to answer
   * @throws DockerEngineException if none can be used, or if none is a manager's
   */
  public static SwarmEngines connect(Map<String, NodeConnection> connections, Duration patience)
      throws DockerEngineException {
    var engines = new SwarmEngines(connections);
    try {
      var failures = engines.openAll(patience);
      engines.checkManagers(failures);
      engines.leaveStrangers();
      failures.forEach((name, failure) -> tell(name, failure));
      return engines;
    } catch (DockerEngineException e) {
      engines.close();
      throw e;
    }
  }

  private Map<String, DockerEngineException> openAll(Duration patience) {
    var failures = new ConcurrentHashMap<String, DockerEngineException>();
    var threads = Executors.newCachedThreadPool();
    try {
      var all = connections.keySet().stream()
          .map(name -> CompletableFuture.runAsync(
              () -> {
                try {
                  open(name, patience);
                } catch (DockerEngineException e) {
                  failures.put(name, e);
                }
              },
              threads))
          .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(all).join();
    } finally {
      threads.shutdown();
    }
    return failures;
  }

  private void checkManagers(Map<String, DockerEngineException> failures)
      throws DockerEngineException {
    var first = failures.values().stream().findFirst();
    var told = new ArrayList<String>();
    links.keySet().forEach(name -> told.add(name + " is a worker"));
    failures.forEach((name, failure) -> told.add(name + ": " + failure.getMessage()));
    if (links.values().stream().noneMatch(Link::isManager)) {
      throw DockerEngineException.unusable(
          "none of the engines that the configuration names is a manager of a swarm ("
              + String.join("; ", told) + ")",
          "name the engine of a manager, too (on the manager: docker node ls), and mend what keeps"
              + " the others away",
          first.orElse(null));
    }
  }

  /** Leaves out the nodes of other swarms. */
  private void leaveStrangers() throws DockerEngineException {
    var known = members().stream().map(SwarmMember::id).toList();
    for (var link : List.copyOf(links.values())) {
      if (!known.contains(link.node())) {
        links.remove(link.name());
        link.engine().close();
        LOG.warn(
            "The node {} belongs to another swarm than the managers that were asked: no job goes"
                + " there. What to do: correct engines.{}",
            link.name(),
            link.name());
      }
    }
  }

  /**
   * Connects to a node again, and makes it ready.
   *
   * @throws DockerEngineException if that fails, or if it is in no swarm
   */
  Link open(String name, Duration patience) throws DockerEngineException {
    var engine = Objects.requireNonNull(connections.get(name), name).connect(patience);
    try {
      var membership = Membership.of(engine);
      if (membership.node().isEmpty()) {
        throw DockerEngineException.unusable(
            "the engine at " + engine.facts().place() + " is in no swarm",
            "let it join (docker swarm join), or take engines." + name + " out",
            null);
      }
      var link = new Link(name, engine, membership.node(), membership.isManager());
      Swarm.equip(engine);
      addOnce(link);
      return link;
    } catch (DockerEngineException e) {
      engine.close();
      throw e;
    }
  }

  /** Adds one node after the other, since two names of one node may be opened at once. */
  private synchronized void addOnce(Link link) throws DockerEngineException {
    for (var other : links.values()) {
      if (other.node().equals(link.node()) && !other.name().equals(link.name())) {
        throw DockerEngineException.unusable(
            "engines." + link.name() + " and engines." + other.name() + " lead to the same node",
            "correct one of them",
            null);
      }
    }
    links.put(link.name(), link);
  }

  /** Takes a node for unreachable from now on; what waits for its answer fails. */
  void drop(Link link) {
    links.remove(link.name(), link);
    link.engine().close();
  }

  List<String> names() {
    return List.copyOf(connections.keySet());
  }

  Optional<Link> link(String name) {
    return Optional.ofNullable(links.get(name));
  }

  Managers managers() {
    return managers;
  }

  /** Returns the nodes of the swarm on which jobs may be placed, also those that are down. */
  List<SwarmMember> members() throws DockerEngineException {
    return managers.members();
  }

  /** Returns the CPUs and memory of the largest node, and the GPUs of the one with most. */
  public Resources largest() throws DockerEngineException {
    var members = named();
    int gpus = members.stream().mapToInt(member -> member.gpus().count()).max().orElse(0);
    return members.stream()
        .max(BY_SIZE)
        .map(member ->
            new Resources(member.cpus(), member.memoryBytes(), gpus == 0 ? unlentGpus() : gpus))
        .orElse(new Resources(0, 0, 0));
  }

  /** Returns what the node with most GPUs has. */
  public Resources largestWithGpus() throws DockerEngineException {
    var largest = named().stream()
        .filter(member -> member.gpus().count() > 0)
        .max(Comparator.comparingInt((SwarmMember member) -> member.gpus().count())
            .thenComparing(BY_SIZE));
    return largest.isEmpty()
        ? largest()
        : new Resources(
            largest.get().cpus(),
            largest.get().memoryBytes(),
            largest.get().gpus().count());
  }

  /** Returns what all nodes together have. */
  public Resources all() throws DockerEngineException {
    var members = named();
    return new Resources(
        members.stream().mapToDouble(SwarmMember::cpus).sum(),
        members.stream().mapToLong(SwarmMember::memoryBytes).sum(),
        Math.max(
            unlentGpus(),
            members.stream().mapToInt(member -> member.gpus().count()).sum()));
  }

  /** Returns 1 if a node has GPUs that it does not lend out. */
  private int unlentGpus() {
    return links.values().stream().anyMatch(link -> link.engine().facts().hasGpus()) ? 1 : 0;
  }

  private List<SwarmMember> named() throws DockerEngineException {
    var ids = links.values().stream().map(Link::node).toList();
    return members().stream()
        .filter(member -> ids.contains(member.id()) || connections.containsKey(member.name()))
        .toList();
  }

  private List<DockerEngine> reached() {
    return links.values().stream()
        .sorted(Comparator.comparing(Link::isManager).reversed().thenComparing(Link::name))
        .map(Link::engine)
        .toList();
  }

  static void tell(String name, DockerEngineException failure) {
    LOG.warn(
        "The node {} of the swarm cannot be used: {}. Jobs go to the other nodes until it can. What"
            + " to do: {}",
        name,
        failure.getMessage(),
        failure.advice().isEmpty() ? "look at its engine (docker info)" : failure.advice());
    LOG.debug("Why the node cannot be used", failure);
  }

  @Override
  public void close() {
    links.values().forEach(link -> link.engine().close());
    links.clear();
  }
}
