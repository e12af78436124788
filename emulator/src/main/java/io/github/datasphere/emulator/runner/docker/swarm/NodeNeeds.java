package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.docker.swarm.NodeGpus;
import io.github.datasphere.emulator.docker.swarm.SwarmMember;
import io.github.datasphere.emulator.runner.docker.container.JobSize;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import java.util.Comparator;
import java.util.List;

/**
 * Which nodes are large enough for a job.
 *
 * @param isLent whether the job asks for GPUs that nodes lend out; where none does, a job has those
 *     of its node together with others
 */
record NodeNeeds(JobSize size, boolean isLent) {
  static NodeNeeds of(JobSize size, List<SwarmMember> members) {
    return new NodeNeeds(
        size,
        size.gpus() > 0 && members.stream().anyMatch(member -> member.gpus().count() > 0));
  }

  boolean holds(SwarmMember member) {
    return member.cpus() >= size.cpus()
        && member.memoryBytes() >= size.memoryBytes()
        && (!isLent || member.gpus().count() >= size.gpus());
  }

  /** Returns the GPUs that are to be reserved there. */
  NodeGpus gpus(SwarmMember member) {
    return isLent ? new NodeGpus(member.gpus().kind(), size.gpus()) : NodeGpus.NONE;
  }

  /**
   * Sees that one node at least is large enough.
   *
   * @throws PreparationException that names the largest, if none is
   */
  void check(List<SwarmMember> members) throws PreparationException {
    if (members.stream().anyMatch(this::holds)) {
      return;
    }
    var byGpus = Comparator.comparingInt((SwarmMember member) -> member.gpus().count());
    var bySize =
        Comparator.comparingLong(SwarmMember::nanoCpus).thenComparingLong(SwarmMember::memoryBytes);
    var largest = members.stream()
        .max(isLent ? byGpus.thenComparing(bySize) : bySize)
        .map(member -> "The largest, " + member.name() + ", has "
            + words(member.cpus(), member.memoryBytes(), member.gpus().count()) + ": ")
        .orElse("");
    throw new PreparationException("No node of the swarm can ever hold the job, which gets "
        + words(size.cpus(), size.memoryBytes(), size.gpus()) + ". " + largest
        + "take a smaller instance type, or run with --fit scale.");
  }

  private String words(double cpus, long memoryBytes, int gpus) {
    return WaitingWords.size(cpus, memoryBytes)
        + (isLent ? ", " + gpus + (gpus == 1 ? " GPU" : " GPUs") : "");
  }

  /** Says why none of those that are large enough can be taken now. */
  String states(List<SwarmMember> members) {
    return String.join(
        "; ",
        members.stream()
            .filter(this::holds)
            .map(member -> member.name() + " is "
                + (member.isReady() ? "not reached by the emulator" : member.state()))
            .toList());
  }
}
