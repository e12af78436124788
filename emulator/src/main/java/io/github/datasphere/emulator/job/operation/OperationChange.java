package io.github.datasphere.emulator.job.operation;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.OperationId;
import org.jspecify.annotations.Nullable;

/** What a decision does to an operation. */
public sealed interface OperationChange {
  /** A new operation, open or done already. */
  record Begin(Operation operation) implements OperationChange {}

  /** An open operation ends. */
  record Complete(
      OperationId operation,
      OperationResult result,
      @Nullable Job finalJob) implements OperationChange {}
}
