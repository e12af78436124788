package io.github.datasphere.emulator.job.capacity;

/** What a job takes of the machine while it runs. */
public record Demand(double cpus, long memoryBytes) {
  public static final Demand NONE = new Demand(0, 0);

  public Demand plus(Demand other) {
    return new Demand(cpus + other.cpus, memoryBytes + other.memoryBytes);
  }
}
