package io.github.datasphere.junit;

import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationKind;
import io.github.datasphere.emulator.job.operation.OperationResult;
import org.assertj.core.api.AbstractAssert;

/** Assertions on an operation as it was when they began. */
public class OperationAssert extends AbstractAssert<OperationAssert, Operation> {

  public OperationAssert(Operation operation) {
    super(operation, OperationAssert.class);
  }

  public OperationAssert isDone() {
    if (!actual.isDone()) {
      throw failed("Expected operation %s to be done but it goes on", actual.id());
    }
    return this;
  }

  public OperationAssert goesOn() {
    if (actual.isDone()) {
      throw failed("Expected operation %s to go on but it is done", actual.id());
    }
    return this;
  }

  /**
   * Verifies that it is done and failed with this code. A program that failed by itself is no such
   * failure.
   */
  public OperationAssert failedWith(ErrorCode code) {
    if (!(actual.result() instanceof OperationResult.Failed failed) || failed.code() != code) {
      throw failed("Expected operation %s to have failed with %s but %s", actual.id(), code, end());
    }
    return this;
  }

  /** Verifies that it is done and failed with this code and this text. */
  public OperationAssert failedWith(ErrorCode code, String message) {
    failedWith(code);
    if (!(actual.result() instanceof OperationResult.Failed failed)
        || !failed.message().equals(message)) {
      throw failed(
          "Expected operation %s to have failed with '%s' but %s", actual.id(), message, end());
    }
    return this;
  }

  private String end() {
    return actual.result() == null ? "it goes on" : "its end is " + actual.result();
  }

  /** Verifies which call began it. */
  public OperationAssert isOf(OperationKind kind) {
    if (actual.kind() != kind) {
      throw failed("Expected operation %s of %s but it is of %s", actual.id(), kind, actual.kind());
    }
    return this;
  }

  private AssertionError failed(String text, Object... values) {
    return CallSites.inAuthorsCode(failure(text, values));
  }
}
