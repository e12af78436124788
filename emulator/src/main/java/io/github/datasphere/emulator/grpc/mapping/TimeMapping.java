package io.github.datasphere.emulator.grpc.mapping;

import com.google.protobuf.Timestamp;
import io.github.datasphere.emulator.job.spec.Violations;
import java.time.Duration;
import java.time.Instant;

/** Points in time and spans of it. */
public final class TimeMapping {
  /** What a {@code google.protobuf.Duration} may hold: ten thousand years either way. */
  private static final long MOST_SECONDS = 315_576_000_000L;

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private TimeMapping() {}

  public static Timestamp toProto(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  static com.google.protobuf.Duration toProto(Duration duration) {
    // The wire wants both parts with one sign, Java never has a negative rest
    var borrow = duration.isNegative() && duration.getNano() > 0 ? 1 : 0;
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds() + borrow)
        .setNanos(duration.getNano() - borrow * NANOS_PER_SECOND)
        .build();
  }

  /** Complains about what is no duration, and gives zero then. */
  public static Duration toDomain(com.google.protobuf.Duration duration, Violations at) {
    long seconds = duration.getSeconds();
    long nanos = duration.getNanos();
    var isValid = Math.abs(nanos) < NANOS_PER_SECOND
        && seconds >= -MOST_SECONDS
        && seconds <= MOST_SECONDS
        && Long.signum(seconds) * Long.signum(nanos) >= 0;
    at.require(
        isValid, "is no valid duration: seconds " + seconds + ", nanos " + duration.getNanos());
    return isValid ? Duration.ofSeconds(seconds, nanos) : Duration.ZERO;
  }
}
