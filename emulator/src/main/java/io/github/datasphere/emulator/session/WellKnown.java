package io.github.datasphere.emulator.session;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;

/** The messages that protobuf's JSON writes as a text: times, durations; and wrapped values. */
final class WellKnown {
  private static final String TIMESTAMP = "google.protobuf.Timestamp";
  private static final String DURATION = "google.protobuf.Duration";
  private static final String WRAPPERS = "google/protobuf/wrappers.proto";
  private static final long EARLIEST = -62_135_596_800L;
  private static final long LATEST = 253_402_300_799L;
  private static final long LONGEST = 315_576_000_000L;
  private static final int NANOS = 1_000_000_000;

  private WellKnown() {}

  static boolean isAny(Descriptor type) {
    return type.getFullName().equals("google.protobuf.Any");
  }

  static boolean isWrapper(Descriptor type) {
    return type.getFile().getName().equals(WRAPPERS);
  }

  static boolean isTime(Descriptor type) {
    return type.getFullName().equals(TIMESTAMP) || type.getFullName().equals(DURATION);
  }

  /** Returns a time or a duration as text; empty for other messages and for times out of range. */
  static Optional<String> text(Message message) {
    var type = message.getDescriptorForType();
    if (!isTime(type)) {
      return Optional.empty();
    }
    long seconds = (Long) message.getField(type.findFieldByNumber(1));
    int nanos = (Integer) message.getField(type.findFieldByNumber(2));
    return type.getFullName().equals(TIMESTAMP)
        ? timestamp(seconds, nanos)
        : duration(seconds, nanos);
  }

  private static Optional<String> timestamp(long seconds, int nanos) {
    if (seconds < EARLIEST || seconds > LATEST || nanos < 0 || nanos >= NANOS) {
      return Optional.empty();
    }
    var formatter = new DateTimeFormatterBuilder().appendInstant(digits(nanos)).toFormatter();
    return Optional.of(formatter.format(Instant.ofEpochSecond(seconds, nanos)));
  }

  private static Optional<String> duration(long seconds, int nanos) {
    boolean isOne = seconds == 0 || nanos == 0 || seconds < 0 == nanos < 0;
    if (Math.abs(seconds) > LONGEST || seconds == Long.MIN_VALUE || Math.abs(nanos) >= NANOS) {
      return Optional.empty();
    }
    if (!isOne) {
      return Optional.empty();
    }
    var number = BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, 9));
    return Optional.of(number.setScale(digits(nanos)).toPlainString() + "s");
  }

  /** As many digits as protobuf writes: none, milliseconds, microseconds or nanoseconds. */
  private static int digits(int nanos) {
    if (nanos == 0) {
      return 0;
    }
    return nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
  }

  /**
   * Sets a time or a duration from its text.
   *
   * @throws SessionException if the text is none
   */
  static void set(Message.Builder builder, String text) {
    var type = builder.getDescriptorForType();
    try {
      var isTime = type.getFullName().equals(TIMESTAMP);
      var time = isTime ? Instant.parse(text) : Instant.EPOCH;
      var length = isTime ? Duration.ZERO : lengthOf(text);
      long seconds = isTime ? time.getEpochSecond() : length.getSeconds();
      int nanos = isTime ? time.getNano() : length.getNano();
      if (seconds < 0 && nanos > 0 && !isTime) {
        seconds++;
        nanos -= NANOS;
      }
      builder.setField(type.findFieldByNumber(1), seconds);
      builder.setField(type.findFieldByNumber(2), nanos);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new SessionException("\"" + text + "\" is no " + type.getName(), e);
    }
  }

  private static Duration lengthOf(String text) {
    if (!text.endsWith("s")) {
      throw new NumberFormatException(text);
    }
    var number = new BigDecimal(text.substring(0, text.length() - 1)).movePointRight(9);
    var nanos = number.toBigIntegerExact();
    var parts = nanos.divideAndRemainder(BigInteger.valueOf(NANOS));
    return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
  }
}
