package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Images;
import io.github.datasphere.emulator.docker.Remedy;
import io.github.datasphere.emulator.docker.TrialContainer;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.swarm.Managers;
import io.github.datasphere.emulator.docker.swarm.Membership;
import io.github.datasphere.emulator.docker.swarm.SwarmMember;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Finds out for {@code doctor} what each node of a swarm is like. */
public final class SwarmProbe {
  private final JobsConfig jobs;
  private final Clock clock;
  private final Duration patience;

  /**
   * Looks at the engines that the configuration names.
   *
   * @param patience how long each may take to answer
   */
  public SwarmProbe(JobsConfig jobs, Clock clock, Duration patience) {
    this.jobs = jobs;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * A node whose engine answers.
   *
   * @param lentGpus how many GPUs it lends out, and what it calls them, such as {@code 2 x
   *     NVIDIA-GPU}; empty if it lends none
   * @param isManager whether it can be asked about the swarm
   * @param state what the managers say of it; empty if none of the engines is a manager of its
   *     swarm
   * @param isReady whether jobs can be placed there now
   * @param ahead how far the clock of its machine is ahead of this one's, negative if it is behind;
   *     empty if it does not tell
   * @param roundTrip how long it took to answer
   * @param image the image of jobs that name none
   * @param hasImage whether the node has that image already
   * @param refusal why it starts no container of that image; empty if it starts one, or has no
   *     image to try
   */
  public record Node(
      String place,
      String version,
      String architecture,
      int cpus,
      long memoryBytes,
      boolean hasGpus,
      Optional<String> lentGpus,
      boolean isManager,
      Optional<String> state,
      boolean isReady,
      Optional<Duration> ahead,
      Duration roundTrip,
      String image,
      boolean hasImage,
      Optional<String> refusal) {}

  /**
   * What was found under one name.
   *
   * @param trouble why the node cannot be used; empty if it can
   * @param advice what to do about the trouble
   */
  public record Look(String name, Optional<Node> node, String trouble, String advice) {}

  /** An engine that has answered. */
  private record Reached(
      DockerEngine engine, Membership membership, Duration roundTrip, Optional<Duration> ahead) {}

  /** Looks at all nodes at once; returns them in the order of the configuration. */
  public List<Look> looks() {
    var reached = new ConcurrentHashMap<String, Reached>();
    try {
      var first = each(name -> reach(name, reached));
      var managers =
          new Managers(() -> reached.values().stream().map(Reached::engine).toList());
      var members = members(managers);
      return each(name -> {
        var node = reached.get(name);
        return node == null
            ? first.stream()
                .filter(look -> look.name().equals(name))
                .findFirst()
                .orElseThrow()
            : look(name, node, members);
      });
    } finally {
      reached.values().forEach(node -> node.engine().close());
    }
  }

  private List<Look> each(Function<String, Look> look) {
    var threads = Executors.newCachedThreadPool();
    try {
      var looks = jobs.swarm().engines().keySet().stream()
          .map(name -> CompletableFuture.supplyAsync(() -> look.apply(name), threads))
          .toList();
      return looks.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdown();
    }
  }

  private static List<SwarmMember> members(Managers managers) {
    try {
      return managers.members();
    } catch (DockerEngineException e) {
      // The looks show that none of them is a manager
      return List.of();
    }
  }

  /** Connects to a node. */
  private Look reach(String name, Map<String, Reached> reached) {
    try {
      var config = Objects.requireNonNull(jobs.swarm().engines().get(name));
      var engine = SwarmRunners.connection(name, config).connect(patience);
      var began = clock.instant();
      var membership = Membership.of(engine);
      var roundTrip = Duration.between(began, clock.instant());
      var middle = began.plus(roundTrip.dividedBy(2));
      var ahead = membership.time().map(time -> Duration.between(middle, time));
      reached.put(name, new Reached(engine, membership, roundTrip, ahead));
      return new Look(name, Optional.empty(), "", "");
    } catch (DockerEngineException e) {
      return new Look(
          name, Optional.empty(), String.valueOf(e.getMessage()), Remedy.of(e).orElse(""));
    }
  }

  private Look look(String name, Reached node, List<SwarmMember> members) {
    var engine = node.engine();
    if (node.membership().node().isEmpty()) {
      return new Look(
          name,
          Optional.empty(),
          "the engine at " + engine.facts().place() + " is in no swarm",
          "let it join (docker swarm join), or take engines." + name + " out");
    }
    try {
      return new Look(name, Optional.of(node(node, members)), "", "");
    } catch (DockerEngineException e) {
      return new Look(
          name, Optional.empty(), String.valueOf(e.getMessage()), Remedy.of(e).orElse(""));
    }
  }

  private Node node(Reached node, List<SwarmMember> members) throws DockerEngineException {
    var engine = node.engine();
    var facts = engine.facts();
    var image = DockerRunners.standardImage(jobs.images());
    var hasImage = new Images(engine).find(image).isPresent();
    var member = members.stream()
        .filter(known -> known.id().equals(node.membership().node()))
        .findFirst();
    return new Node(
        facts.place(),
        facts.version(),
        facts.architecture(),
        facts.cpus(),
        facts.memoryBytes(),
        facts.hasGpus(),
        member
            .map(SwarmMember::gpus)
            .filter(gpus -> gpus.count() > 0)
            .map(gpus -> gpus.count() + " x " + gpus.kind()),
        node.membership().isManager(),
        member.map(SwarmMember::state),
        member.filter(SwarmMember::isReady).isPresent(),
        node.ahead(),
        node.roundTrip(),
        image,
        hasImage,
        hasImage ? refusal(engine, image) : Optional.empty());
  }

  private Optional<String> refusal(DockerEngine engine, String image) {
    try {
      TrialContainer.start(engine, image, patience);
      return Optional.empty();
    } catch (DockerEngineException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
