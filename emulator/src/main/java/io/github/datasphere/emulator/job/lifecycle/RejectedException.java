package io.github.datasphere.emulator.job.lifecycle;

import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.validation.FieldViolation;
import java.util.List;

/** Carries a refusal to the edge, where one interceptor makes it the protocol's error. */
public final class RejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String reason;
  private final transient List<FieldViolation> violations;

  RejectedException(ErrorCode code, String reason, List<FieldViolation> violations) {
    // An expected answer, not a fault of ours: no stack trace
    super(reason, null, false, false);
    this.code = code;
    this.reason = reason;
    this.violations = violations;
  }

  public ErrorCode code() {
    return code;
  }

  /** Returns the message, which is never null. */
  public String reason() {
    return reason;
  }

  /** Returns the wrong fields; empty if not the request but the state is the reason. */
  public List<FieldViolation> violations() {
    return violations;
  }
}
