package io.github.datasphere.emulator.job.capacity;

/** An amount of CPUs, memory and GPUs. */
public record Resources(double cpus, long memoryBytes, int gpus) {
  /** Returns what the type has on the real service. */
  public static Resources of(InstanceType type) {
    return new Resources(type.cpus(), type.memoryBytes(), type.gpus());
  }

  /** Whether this is at most the other in everything. */
  public boolean fitsInto(Resources other) {
    return cpus <= other.cpus && memoryBytes <= other.memoryBytes && gpus <= other.gpus;
  }

  /** Returns the smaller of both amounts, each. */
  public Resources cappedBy(Resources other) {
    return new Resources(
        Math.min(cpus, other.cpus),
        Math.min(memoryBytes, other.memoryBytes),
        Math.min(gpus, other.gpus));
  }
}
