package io.github.datasphere.emulator.docker.swarm;

/**
 * A node as the manager knows it.
 *
 * @param name its host name
 * @param architecture its processor, in the words of its kernel, such as {@code x86_64}
 * @param isUp whether it answers the manager
 * @param takesWork whether it is neither paused nor drained
 * @param gpus those that it lends out
 * @param state what the manager says of it, for sentences
 */
public record SwarmMember(
    String id,
    String name,
    String architecture,
    long nanoCpus,
    long memoryBytes,
    NodeGpus gpus,
    boolean isUp,
    boolean takesWork,
    String state) {
  private static final double NANOS = 1e9;

  /** Returns how many CPUs it has. */
  public double cpus() {
    return nanoCpus / NANOS;
  }

  /** Whether work can be placed there now. */
  public boolean isReady() {
    return isUp && takesWork;
  }
}
