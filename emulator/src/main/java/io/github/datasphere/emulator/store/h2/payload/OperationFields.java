package io.github.datasphere.emulator.store.h2.payload;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationKind;
import io.github.datasphere.emulator.job.operation.OperationResult;
import org.jspecify.annotations.Nullable;

/** Writes and reads an operation. */
final class OperationFields {
  private final JobFields jobs;

  OperationFields(JobFields jobs) {
    this.jobs = jobs;
  }

  FieldWriter write(Operation operation) {
    var job = operation.jobId();
    var finalJob = operation.finalJob();
    return new FieldWriter()
        .text(1, operation.id().value())
        .text(2, operation.kind().name())
        .text(3, operation.projectId().value())
        .optionalText(4, job == null ? null : job.value())
        .instant(5, operation.createdAt())
        .text(6, operation.createdBy())
        .instant(7, operation.modifiedAt())
        .message(8, write(operation.result()))
        .message(9, finalJob == null ? null : jobs.write(finalJob));
  }

  Operation operation(FieldReader from) {
    var job = from.optionalText(4);
    return new Operation(
        new OperationId(from.text(1)),
        OperationKind.valueOf(from.text(2)),
        new ProjectId(from.text(3)),
        job == null ? null : new JobId(job),
        JobFields.required(from.instant(5)),
        from.text(6),
        JobFields.required(from.instant(7)),
        from.message(8).map(OperationFields::result).orElse(null),
        from.message(9).map(jobs::job).orElse(null));
  }

  private static @Nullable FieldWriter write(@Nullable OperationResult result) {
    if (result == null) {
      return null;
    }
    if (result instanceof OperationResult.Submitted submitted) {
      return new FieldWriter()
          .message(1, new FieldWriter().each(1, submitted.missingFiles(), FileFields::write));
    }
    if (result instanceof OperationResult.Executed executed) {
      return new FieldWriter()
          .message(
              2,
              new FieldWriter()
                  .number(1, executed.returnCode())
                  .each(2, executed.outputFiles(), FileFields::write)
                  .each(3, executed.errors(), FileFields::write)
                  .each(4, executed.datasets(), FileFields::write));
    }
    if (result instanceof OperationResult.Failed failed) {
      return new FieldWriter().message(3, JobFields.write(failed.code(), failed.message()));
    }
    if (result instanceof OperationResult.Done) {
      return new FieldWriter();
    }
    throw new AssertionError(result);
  }

  private static OperationResult result(FieldReader from) {
    return from.message(1)
        .<OperationResult>map(done -> new OperationResult.Submitted(done.each(1, FileFields::file)))
        .or(() -> from.message(2).map(OperationFields::executed))
        .or(() -> from.message(3)
            .map(how -> new OperationResult.Failed(JobFields.code(how), how.text(2))))
        .orElseGet(OperationResult.Done::new);
  }

  private static OperationResult executed(FieldReader from) {
    return new OperationResult.Executed(
        from.integer(1),
        from.each(2, FileFields::file),
        from.each(3, FileFields::error),
        from.each(4, FileFields::dataset));
  }
}
