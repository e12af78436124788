package io.github.datasphere.emulator.job.capacity;

/** So much of a machine. */
public record Resources(double cpus, long memoryBytes, int gpus) {
  /** What the type has on the real service. */
  public static Resources of(InstanceType type) {
    return new Resources(type.cpus(), type.memoryBytes(), type.gpus());
  }

  /** Whether this is at most the other in everything. */
  public boolean fitsInto(Resources other) {
    return cpus <= other.cpus && memoryBytes <= other.memoryBytes && gpus <= other.gpus;
  }

  /** What both have. */
  public Resources cappedBy(Resources other) {
    return new Resources(
        Math.min(cpus, other.cpus),
        Math.min(memoryBytes, other.memoryBytes),
        Math.min(gpus, other.gpus));
  }
}
