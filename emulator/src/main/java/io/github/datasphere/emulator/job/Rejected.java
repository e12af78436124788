package io.github.datasphere.emulator.job;

import io.github.datasphere.emulator.job.spec.FieldViolation;
import java.util.List;

/**
 * Why a request changes nothing.
 *
 * @param violations the fields that are wrong; empty if the state and not the request is
 */
public record Rejected(ErrorCode code, String message, List<FieldViolation> violations)
    implements Decision {
  private static final int MOST_SHOWN = 20;

  public Rejected {
    violations = List.copyOf(violations.subList(0, Math.min(violations.size(), MOST_SHOWN)));
  }

  public static Rejected invalid(String field, String message) {
    return invalid(List.of(new FieldViolation(field, message)));
  }

  /** The request as a whole is wrong, not one of its fields. */
  public static Rejected malformed(String message) {
    return new Rejected(ErrorCode.INVALID_ARGUMENT, message, List.of());
  }

  /** Names the first violation in the message; clients that read no details see at least that. */
  public static Rejected invalid(List<FieldViolation> violations) {
    var first = violations.get(0);
    var more = violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more)";
    return new Rejected(
        ErrorCode.INVALID_ARGUMENT, first.field() + ": " + first.message() + more, violations);
  }

  public static Rejected precondition(String message) {
    return new Rejected(ErrorCode.FAILED_PRECONDITION, message, List.of());
  }

  public static Rejected notFound(String message) {
    return new Rejected(ErrorCode.NOT_FOUND, message, List.of());
  }

  public RejectedException asException() {
    return new RejectedException(this);
  }
}
