package io.github.datasphere.emulator.job.id;

/**
 * Id of a project; any text a client may send, so not necessarily of the form that {@link IdSource}
 * gives.
 */
public record ProjectId(String value) implements Comparable<ProjectId> {
  @Override
  public int compareTo(ProjectId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
