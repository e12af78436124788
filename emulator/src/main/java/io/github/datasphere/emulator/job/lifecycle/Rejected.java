package io.github.datasphere.emulator.job.lifecycle;

import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.validation.FieldViolation;
import java.util.List;

/**
 * The reason why a request changes nothing.
 *
 * @param violations the wrong fields; empty if not the request but the state is the reason
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

  /** Makes a rejection of the request as a whole, not of one of its fields. */
  public static Rejected malformed(String message) {
    return new Rejected(ErrorCode.INVALID_ARGUMENT, message, List.of());
  }

  /**
   * Makes a rejection whose message names the first violation, for clients that do not read
   * details.
   */
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
