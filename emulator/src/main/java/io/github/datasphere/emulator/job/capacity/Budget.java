package io.github.datasphere.emulator.job.capacity;

/** How much all running jobs together may take. */
public record Budget(int jobs, double cpus, long memoryBytes) {
  public static final Budget UNLIMITED =
      new Budget(Integer.MAX_VALUE, Double.MAX_VALUE, Long.MAX_VALUE);

  /** Compared by hand: a record's own {@code equals} costs a test that starts 10 ms. */
  public boolean isUnlimited() {
    return jobs == UNLIMITED.jobs && cpus == UNLIMITED.cpus && memoryBytes == UNLIMITED.memoryBytes;
  }

  /** A job that asks for more than there is gets all there is, alone. */
  public Demand cap(Demand demand) {
    return new Demand(
        demand.jobs(), Math.min(cpus, demand.cpus()), Math.min(memoryBytes, demand.memoryBytes()));
  }

  public boolean hasRoom(Demand inUse, Demand more) {
    return inUse.jobs() <= jobs - more.jobs()
        && inUse.cpus() <= cpus - more.cpus()
        && inUse.memoryBytes() <= memoryBytes - more.memoryBytes();
  }
}
