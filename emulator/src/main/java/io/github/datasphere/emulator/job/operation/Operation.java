package io.github.datasphere.emulator.job.operation;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A long-running call. It is stored separately from its job and outlives it (service-behaviour
 * 3.2).
 *
 * @param jobId null for operations of a whole project
 * @param result null until the operation is done
 * @param finalJob the job at the end of an Execute, kept because the job may be deleted later; else
 *     null
 */
public record Operation(
    OperationId id,
    OperationKind kind,
    ProjectId projectId,
    @Nullable JobId jobId,
    Instant createdAt,
    String createdBy,
    Instant modifiedAt,
    @Nullable OperationResult result,
    @Nullable Job finalJob) {

  /** Makes an operation that has just begun. */
  public static Operation open(OperationId id, OperationKind kind, Job job, Instant now) {
    var by = job.submission().createdBy();
    return new Operation(id, kind, job.projectId(), job.id(), now, by, now, null, null);
  }

  /** Makes an operation on a whole project, which is done at once. */
  public static Operation ofProject(
      OperationId id, OperationKind kind, ProjectId project, String createdBy, Instant now) {
    return new Operation(
        id, kind, project, null, now, createdBy, now, new OperationResult.Done(), null);
  }

  public boolean isDone() {
    return result != null;
  }

  /** Returns the same operation before its end. */
  public Operation open() {
    return new Operation(id, kind, projectId, jobId, createdAt, createdBy, createdAt, null, null);
  }

  public Operation ended(OperationResult how, @Nullable Job job, Instant now) {
    return new Operation(id, kind, projectId, jobId, createdAt, createdBy, now, how, job);
  }
}
