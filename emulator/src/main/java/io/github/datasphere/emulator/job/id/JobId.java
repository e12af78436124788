package io.github.datasphere.emulator.job.id;

/**
 * Id of a job; any text a client may send, so not necessarily of the form that {@link IdSource}
 * gives.
 */
public record JobId(String value) implements Comparable<JobId> {
  @Override
  public int compareTo(JobId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
