package io.github.datasphere.emulator.job;

import io.github.datasphere.emulator.job.id.OperationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a job has come.
 *
 * @param operation the operation of Execute; null before it
 * @param instanceType the first type of the job's list that is on offer (service-behaviour 10.27)
 * @param startedAt when the command began; null before
 * @param progress null until the program reports some
 * @param killAt when a graceful cancel loses patience; null if there is none
 * @param ending how the run ended, as the runner says; null before
 * @param turnAwayAt when a job that was executed beyond the quota ends; null for any other
 */
public record Execution(
    @Nullable OperationId operation,
    String instanceType,
    @Nullable Instant startedAt,
    @Nullable Progress progress,
    @Nullable Instant killAt,
    @Nullable Ending ending,
    @Nullable Instant turnAwayAt) {

  public static Execution none(String instanceType) {
    return new Execution(null, instanceType, null, null, null, null, null);
  }

  public Execution with(OperationId newOperation) {
    return new Execution(
        newOperation, instanceType, startedAt, progress, killAt, ending, turnAwayAt);
  }

  public Execution startedAt(Instant instant) {
    return new Execution(operation, instanceType, instant, progress, killAt, ending, turnAwayAt);
  }

  public Execution with(Progress newProgress) {
    return new Execution(
        operation, instanceType, startedAt, newProgress, killAt, ending, turnAwayAt);
  }

  public Execution killAt(@Nullable Instant instant) {
    return new Execution(operation, instanceType, startedAt, progress, instant, ending, turnAwayAt);
  }

  public Execution with(Ending newEnding) {
    return new Execution(operation, instanceType, startedAt, progress, null, newEnding, turnAwayAt);
  }

  public Execution turnAwayAt(Instant instant) {
    return new Execution(operation, instanceType, startedAt, progress, killAt, ending, instant);
  }
}
