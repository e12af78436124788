package io.github.datasphere.emulator.grpc;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.validation.Violations;

/**
 * Checks the shape of a request's fields; a mistake is {@code INVALID_ARGUMENT} with the field's
 * name.
 */
final class RequestFields {
  /** The limit for ids in the protos (service-behaviour 7.1). */
  private static final int LONGEST_ID = 50;

  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 1_000;

  private RequestFields() {}

  /** Reads a job id, which may be any text: for an unknown job the service just says so (6.1). */
  static JobId jobId(String value) {
    return new JobId(given("job_id", value));
  }

  static OperationId operationId(String value) {
    return new OperationId(given("operation_id", value));
  }

  /**
   * Reads a project id, which is checked more closely, since an unknown project is made on first
   * use (10.31).
   */
  static ProjectId projectId(String value) {
    return new ProjectId(id("project_id", value));
  }

  static String id(String field, String value) {
    given(field, value);
    require(field, value.length() <= LONGEST_ID, "must have at most 50 characters");
    require(
        field,
        value.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c)),
        "must not hold control characters");
    return value;
  }

  static String given(String field, String value) {
    require(field, !value.isEmpty(), "must be set");
    return value;
  }

  /**
   * Reads a page size; 0 means the default, and more than 1000 is refused (service-behaviour
   * 10.16).
   */
  static int pageSize(long value) {
    require("page_size", value >= 0 && value <= LARGEST_PAGE, "must be 0 to 1000 but is " + value);
    return value == 0 ? DEFAULT_PAGE : (int) value;
  }

  static void require(String field, boolean condition, String message) {
    if (!condition) {
      throw Rejected.invalid(field, message).asException();
    }
  }

  /** Throws the violations that were found, if any. */
  static void refuse(Violations violations) {
    if (!violations.all().isEmpty()) {
      throw Rejected.invalid(violations.all()).asException();
    }
  }
}
