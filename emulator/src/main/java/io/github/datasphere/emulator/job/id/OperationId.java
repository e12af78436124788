package io.github.datasphere.emulator.job.id;

/**
 * Id of an operation; any text a client may send, so not necessarily of the form that
 * {@link IdSource} gives.
 */
public record OperationId(String value) implements Comparable<OperationId> {
  @Override
  public int compareTo(OperationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
