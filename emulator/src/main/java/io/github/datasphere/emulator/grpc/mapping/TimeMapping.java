package io.github.datasphere.emulator.grpc.mapping;

import com.google.protobuf.Timestamp;
import io.github.datasphere.emulator.job.validation.Violations;
import io.github.datasphere.emulator.time.Moments;
import java.time.Duration;
import java.time.Instant;

/** Points in time and spans of it. */
public final class TimeMapping {
  /** What a {@code google.protobuf.Duration} may hold: ten thousand years either way. */
  private static final long MOST_SECONDS = 315_576_000_000L;

  /** What a {@code google.protobuf.Timestamp} may hold: the years 1 to 9999. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private TimeMapping() {}

  public static Timestamp toProto(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  static com.google.protobuf.Duration toProto(Duration duration) {
    // The wire needs both parts with the same sign; in Java the rest is never negative
    var borrow = duration.isNegative() && duration.getNano() > 0 ? 1 : 0;
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds() + borrow)
        .setNanos(duration.getNano() - borrow * NANOS_PER_SECOND)
        .build();
  }

  /** Reads a point in time; complains if it is none, and then returns 1970. */
  public static Instant toDomain(Timestamp timestamp, Violations at) {
    long seconds = timestamp.getSeconds();
    int nanos = timestamp.getNanos();
    var isValid = seconds >= EARLIEST.getEpochSecond()
        && seconds <= Moments.LATEST.getEpochSecond()
        && nanos >= 0
        && nanos < NANOS_PER_SECOND;
    at.require(isValid, "is no valid time: seconds " + seconds + ", nanos " + nanos);
    return isValid ? Instant.ofEpochSecond(seconds, nanos) : Instant.EPOCH;
  }

  /** Whether a Timestamp can express the moment this much later. */
  public static boolean canTell(Instant instant, Duration later) {
    return Moments.canPass(instant, later);
  }

  /** Reads a duration; complains if it is none, and then returns zero. */
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
