package io.github.datasphere.emulator.job;

import java.util.Arrays;
import java.util.Optional;

/** The codes that the service answers with, numbered as {@code google.rpc.Code}. */
public enum ErrorCode {
  CANCELLED(1),
  INVALID_ARGUMENT(3),
  NOT_FOUND(5),
  PERMISSION_DENIED(7),
  RESOURCE_EXHAUSTED(8),
  FAILED_PRECONDITION(9),
  INTERNAL(13),
  UNAVAILABLE(14),
  UNAUTHENTICATED(16);

  private final int number;

  ErrorCode(int number) {
    this.number = number;
  }

  /** Returns the code of this number; empty if the service never answers with it. */
  public static Optional<ErrorCode> of(int number) {
    return Arrays.stream(values()).filter(code -> code.number == number).findFirst();
  }

  public int number() {
    return number;
  }
}
