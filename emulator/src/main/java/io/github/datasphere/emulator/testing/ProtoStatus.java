package io.github.datasphere.emulator.testing;

import com.google.protobuf.ProtocolMessageEnum;
import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.job.JobStatus;
import java.util.Arrays;

/**
 * Translates states of jobs from the API's enum, as the author of a test gives them, whether of our
 * classes or of the SDK's.
 */
public final class ProtoStatus {
  private static final String ENUM =
      io.github.datasphere.proto.jobs.JobStatus.getDescriptor().getFullName();

  private ProtoStatus() {}

  /** Returns the number of this constant in the API; throws as {@link #toDomain}. */
  public static int number(ProtocolMessageEnum status) {
    return toDomain(status).number();
  }

  /**
   * Returns the state that this constant names.
   *
   * @param status a value of our {@link io.github.datasphere.proto.jobs.JobStatus} or of the
   *     official SDK's
   * @throws IllegalArgumentException if it is of another enum, or names no state
   */
  public static JobStatus toDomain(ProtocolMessageEnum status) {
    var type = status.getDescriptorForType().getFullName();
    if (!type.equals(ENUM)) {
      throw CallSites.inAuthorsCode(new IllegalArgumentException(
          status + " is a constant of " + type + ", and a job's state one of " + ENUM));
    }
    return Arrays.stream(JobStatus.values())
        .filter(known -> known.toString().equals(String.valueOf(status)))
        .findFirst()
        .orElseThrow(() ->
            CallSites.inAuthorsCode(new IllegalArgumentException("a job is never in the state "
                + status + ", but in one of " + Arrays.toString(JobStatus.values()))));
  }
}
