package io.github.datasphere.emulator.job.lifecycle;

import static io.github.datasphere.emulator.job.JobStatus.CANCELLED;
import static io.github.datasphere.emulator.job.JobStatus.CANCELLING;
import static io.github.datasphere.emulator.job.JobStatus.ERROR;
import static io.github.datasphere.emulator.job.JobStatus.SUCCESS;
import static java.util.stream.Collectors.joining;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.lifecycle.Decision.Decided;
import io.github.datasphere.emulator.job.operation.OperationChange;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.job.operation.OperationResult.Executed;
import io.github.datasphere.emulator.job.operation.OperationResult.Failed;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the end of a run into the end of its job and its operation (service-behaviour 3.4-3.9). */
public final class JobEndings {
  /** The text of the real service, as far as it is known (service-behaviour 3.9). */
  public static final String CANCELLED_TEXT = "Canceled by user";

  private final boolean forgiveMissingOutputs;

  JobEndings(boolean forgiveMissingOutputs) {
    this.forgiveMissingOutputs = forgiveMissingOutputs;
  }

  /** Returns the result of an operation whose job was cancelled. */
  public static OperationResult cancelled() {
    return new Failed(ErrorCode.CANCELLED, CANCELLED_TEXT);
  }

  Decided finish(Job job, Collected collected, Instant now) {
    var status = status(job, collected);
    var next = job.finished(status, details(job, status, collected), collected, now);
    var decided = Decided.to(next).and(new Effect.EndLog(job.id()), new Effect.Release(job.id()));
    var operation = job.execution().operation();
    return operation == null
        ? decided
        : decided.and(
            new OperationChange.Complete(operation, result(job, status, collected), next));
  }

  private JobStatus status(Job job, Collected collected) {
    if (job.status() == CANCELLING) {
      return CANCELLED;
    }
    var success = job.execution().ending() instanceof Ending.Exited exited
        && exited.returnCode() == 0
        && collected.errors().stream().allMatch(this::isForgiven);
    return success ? SUCCESS : ERROR;
  }

  private boolean isForgiven(FileError error) {
    return forgiveMissingOutputs && error.type() == FileError.Type.NOT_FOUND;
  }

  private static OperationResult result(Job job, JobStatus status, Collected collected) {
    if (status == CANCELLED) {
      return cancelled();
    }
    if (job.execution().ending() instanceof Ending.Exited exited) {
      return new Executed(
          exited.returnCode(), collected.outputFiles(), collected.errors(), collected.datasets());
    }
    var failure = failure(job.execution().ending());
    return new Failed(failure.code(), failure.message());
  }

  private static String details(Job job, JobStatus status, Collected collected) {
    if (status == CANCELLED) {
      return CANCELLED_TEXT;
    }
    if (!(job.execution().ending() instanceof Ending.Exited exited)) {
      var failure = failure(job.execution().ending());
      return failure.message().isEmpty()
          ? "The execution failed with " + failure.code()
          : failure.message();
    }
    if (exited.returnCode() != 0) {
      return returned(exited);
    }
    return missing(collected.errors());
  }

  /** Returns the {@code status_details} for a program that failed. */
  public static String returned(Ending.Exited exited) {
    var why = exited.details().isEmpty() ? "" : ": " + exited.details();
    return "Program returned code " + exited.returnCode() + why;
  }

  private static String missing(List<FileError> errors) {
    return errors.isEmpty()
        ? ""
        : "Files were not stored: "
            + errors.stream()
                .map(error -> error.label() + " (" + error.description() + ")")
                .collect(joining(", "));
  }

  private static Ending.Failed failure(@Nullable Ending ending) {
    return ending instanceof Ending.Failed failed
        ? failed
        : new Ending.Failed(
            ErrorCode.INTERNAL, "The job was stopped before its command began; execute it again.");
  }
}
