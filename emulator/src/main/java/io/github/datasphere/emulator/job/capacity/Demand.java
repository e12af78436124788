package io.github.datasphere.emulator.job.capacity;

/** What running jobs take of the machine. */
public record Demand(int jobs, double cpus, long memoryBytes) {
  public static final Demand NONE = new Demand(0, 0, 0);

  public Demand plus(Demand other) {
    return new Demand(jobs + other.jobs, cpus + other.cpus, memoryBytes + other.memoryBytes);
  }
}
