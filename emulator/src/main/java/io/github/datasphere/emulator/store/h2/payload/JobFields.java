package io.github.datasphere.emulator.store.h2.payload;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.DataRetention;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.Execution;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.job.Submission;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads a job. */
final class JobFields {
  private final ParameterFields parameters;

  JobFields(PasswordSeal seal) {
    this.parameters = new ParameterFields(seal);
  }

  FieldWriter write(Job job) {
    return new FieldWriter()
        .text(1, job.id().value())
        .text(2, job.projectId().value())
        .number(3, job.seq())
        .message(4, write(job.submission()))
        .number(5, job.status().number())
        .text(6, job.statusDetails())
        .message(7, write(job.execution()))
        .instant(8, job.finishedAt())
        .message(9, FileFields.write(job.results()))
        .message(10, write(job.data()));
  }

  Job job(FieldReader from) {
    return new Job(
        new JobId(from.text(1)),
        new ProjectId(from.text(2)),
        from.number(3),
        from.message(4).map(this::submission).orElseThrow(),
        JobStatus.of(from.number(5)),
        from.text(6),
        from.message(7).map(JobFields::execution).orElseThrow(),
        from.instant(8),
        from.message(9).map(FileFields::collected).orElse(Collected.NOTHING),
        from.message(10).map(JobFields::retention).orElseThrow());
  }

  private FieldWriter write(Submission submission) {
    var parent = submission.parent();
    return new FieldWriter()
        .text(1, submission.name())
        .text(2, submission.desc())
        .text(3, submission.config())
        .message(4, parameters.write(submission.parameters()))
        .instant(5, submission.createdAt())
        .text(6, submission.createdBy())
        .optionalText(7, parent == null ? null : parent.value());
  }

  private Submission submission(FieldReader from) {
    var parent = from.optionalText(7);
    return new Submission(
        from.text(1),
        from.text(2),
        from.text(3),
        from.message(4).map(parameters::parameters).orElseThrow(),
        required(from.instant(5)),
        from.text(6),
        parent == null ? null : new JobId(parent));
  }

  private static FieldWriter write(Execution execution) {
    var operation = execution.operation();
    return new FieldWriter()
        .optionalText(1, operation == null ? null : operation.value())
        .text(2, execution.instanceType())
        .instant(3, execution.startedAt())
        .message(4, write(execution.progress()))
        .instant(5, execution.killAt())
        .message(6, write(execution.ending()))
        .instant(7, execution.turnAwayAt());
  }

  private static Execution execution(FieldReader from) {
    var operation = from.optionalText(1);
    return new Execution(
        operation == null ? null : new OperationId(operation),
        from.text(2),
        from.instant(3),
        from.message(4).map(JobFields::progress).orElse(null),
        from.instant(5),
        from.message(6).map(JobFields::ending).orElse(null),
        from.instant(7));
  }

  private static @Nullable FieldWriter write(@Nullable Progress progress) {
    return progress == null
        ? null
        : new FieldWriter()
            .number(1, progress.percent())
            .text(2, progress.message())
            .instant(3, progress.createdAt());
  }

  private static Progress progress(FieldReader from) {
    return new Progress(from.integer(1), from.text(2), required(from.instant(3)));
  }

  private static @Nullable FieldWriter write(@Nullable Ending ending) {
    if (ending == null) {
      return null;
    }
    if (ending instanceof Ending.Exited exited) {
      return new FieldWriter()
          .message(1, new FieldWriter().number(1, exited.returnCode()).text(2, exited.details()));
    }
    if (ending instanceof Ending.Failed failed) {
      return new FieldWriter().message(2, write(failed.code(), failed.message()));
    }
    if (ending instanceof Ending.NeverStarted) {
      return new FieldWriter();
    }
    throw new AssertionError(ending);
  }

  private static Ending ending(FieldReader from) {
    var exited = from.message(1).<Ending>map(how -> new Ending.Exited(how.integer(1), how.text(2)));
    var failed = from.message(2).<Ending>map(how -> new Ending.Failed(code(how), how.text(2)));
    return exited.or(() -> failed).orElseGet(Ending.NeverStarted::new);
  }

  static FieldWriter write(ErrorCode code, String message) {
    return new FieldWriter().number(1, code.number()).text(2, message);
  }

  static ErrorCode code(FieldReader from) {
    long number = from.number(1);
    return List.of(ErrorCode.values()).stream()
        .filter(code -> code.number() == number)
        .findFirst()
        .orElse(ErrorCode.INTERNAL);
  }

  private static FieldWriter write(DataRetention data) {
    return new FieldWriter()
        .duration(1, data.ttl())
        .instant(2, data.expiresAt())
        .flag(3, data.cleared());
  }

  private static DataRetention retention(FieldReader from) {
    return new DataRetention(from.duration(1), from.instant(2), from.flag(3));
  }

  static Instant required(@Nullable Instant instant) {
    if (instant == null) {
      throw new IllegalArgumentException("a time is missing");
    }
    return instant;
  }
}
