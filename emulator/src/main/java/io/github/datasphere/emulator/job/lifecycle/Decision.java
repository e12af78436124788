package io.github.datasphere.emulator.job.lifecycle;

import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.operation.OperationChange;
import io.github.datasphere.emulator.job.validation.FieldViolation;
import java.util.ArrayList;
import java.util.List;

/** The lifecycle's answer to a command: a change, no change, or a refusal. */
public sealed interface Decision {
  /**
   * A change to commit, and then to carry out.
   *
   * @param next the job after the change; if it is removed, its last state
   * @param removed whether the job is removed
   */
  record Decided(Job next, boolean removed, List<OperationChange> operations, List<Effect> effects)
      implements Decision {
    public Decided {
      operations = List.copyOf(operations);
      effects = List.copyOf(effects);
    }

    static Decided to(Job next) {
      return new Decided(next, false, List.of(), List.of());
    }

    static Decided remove(Job last) {
      return new Decided(last, true, List.of(), List.of());
    }

    Decided and(OperationChange change) {
      var all = new ArrayList<>(operations);
      all.add(change);
      return new Decided(next, removed, all, effects);
    }

    Decided and(Effect... more) {
      var all = new ArrayList<>(effects);
      all.addAll(List.of(more));
      return new Decided(next, removed, operations, all);
    }
  }

  /** The command is legal and changes nothing, such as Cancel of a finished job. */
  record Unchanged() implements Decision {}

  /**
   * The reason why a request changes nothing.
   *
   * @param violations the wrong fields; empty if not the request but the state is the reason
   */
  record Rejected(ErrorCode code, String message, List<FieldViolation> violations)
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
      return new RejectedException(code, message, violations);
    }
  }
}
