package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.swarm.Swarm;
import io.github.datasphere.emulator.docker.swarm.SwarmMember;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.docker.container.JobSize;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.run.RunnerParts;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds each job its place on a node, and keeps it reserved there. */
final class Seats {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Duration WHILE_WAITING = Duration.ofMillis(200);
  private static final double NANOS = 1e9;
  private static final double GIB = 1L << 30;

  private final Swarm swarm;
  private final Map<String, Node> nodes;
  private final RunnerParts parts;

  Seats(Swarm swarm, Map<String, Node> nodes, RunnerParts parts) {
    this.swarm = swarm;
    this.nodes = nodes;
    this.parts = parts;
  }

  /** Reserves a place and returns its node; waits while no node has room. */
  Node take(Job job, JobSize size, Cancellation cancellation)
      throws DockerEngineException, PreparationException, CancelledException {
    var members = swarm.members();
    var architecture = architecture(members, size);
    var unfit = members.stream()
        .filter(member -> !isFit(member, size, architecture))
        .map(member -> "node.id!=" + member.id())
        .toList();
    var name = job.id().value();
    swarm.reserve(name, architecture, (long) (size.cpus() * NANOS), size.memoryBytes(), unfit);
    return await(name, parts.systemLog(job.id()), cancellation);
  }

  private Node await(String job, SystemLog log, Cancellation cancellation)
      throws DockerEngineException, PreparationException, CancelledException {
    var told = "";
    while (true) {
      cancellation.check();
      var seat = swarm.seat(job);
      if (seat.isEmpty() || seat.get().isOver()) {
        throw new PreparationException(
            "The swarm gave the job no place: "
                + seat.map(lost -> lost.trouble()).orElse("its service was removed")
                + ". Execute the job again.");
      }
      var node = nodes.get(seat.get().node());
      if (node != null) {
        return node;
      }
      var trouble = seat.get().trouble();
      if (!trouble.isEmpty() && !trouble.equals(told)) {
        log.info("Waiting for a place in the swarm: " + trouble);
        told = trouble;
      }
      parts.pause(told.isEmpty() ? BETWEEN_LOOKS : WHILE_WAITING);
    }
  }

  /** Returns the processor of the nodes to choose from. */
  private String architecture(List<SwarmMember> members, JobSize size)
      throws PreparationException {
    return members.stream()
        .filter(member -> nodes.containsKey(member.id()) && holds(member, size))
        .sorted(Comparator.comparing((SwarmMember member) -> !member.isReady()))
        .map(member -> nodes.get(member.id()).architecture())
        .findFirst()
        .orElseThrow(() -> tooLarge(members, size));
  }

  private boolean isFit(SwarmMember member, JobSize size, String architecture) {
    return Optional.ofNullable(nodes.get(member.id()))
        .filter(node -> node.architecture().equals(architecture) && holds(member, size))
        .isPresent();
  }

  private static boolean holds(SwarmMember member, JobSize size) {
    return member.nanoCpus() >= size.cpus() * NANOS && member.memoryBytes() >= size.memoryBytes();
  }

  private PreparationException tooLarge(List<SwarmMember> members, JobSize size) {
    var largest = members.stream()
        .filter(member -> nodes.containsKey(member.id()))
        .max(Comparator.comparingLong(SwarmMember::nanoCpus)
            .thenComparingLong(SwarmMember::memoryBytes))
        .map(member -> "The largest, " + member.name() + ", has "
            + words(member.nanoCpus() / NANOS, member.memoryBytes()))
        .orElse("The configuration names no engine of any of its nodes");
    return new PreparationException("No node of the swarm can ever hold the job, which gets "
        + words(size.cpus(), size.memoryBytes()) + ". " + largest
        + ": take a smaller instance type, or run with --fit scale.");
  }

  private static String words(double cpus, long memory) {
    return String.format(Locale.ROOT, "%.1f vCPU, %.1f GiB", cpus, memory / GIB);
  }
}
