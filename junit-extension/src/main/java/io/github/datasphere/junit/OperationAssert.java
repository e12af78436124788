package io.github.datasphere.junit;

import com.google.protobuf.Internal;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.base.CallSites;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on an operation as it was when they began. */
public class OperationAssert extends AbstractAssert<OperationAssert, Operation> {

  public OperationAssert(Operation operation) {
    super(operation, OperationAssert.class);
  }

  public OperationAssert isDone() {
    if (!actual.getDone()) {
      throw failed("Expected operation %s to be done but it goes on", actual.getId());
    }
    return this;
  }

  public OperationAssert goesOn() {
    if (actual.getDone()) {
      throw failed("Expected operation %s to go on but it is done", actual.getId());
    }
    return this;
  }

  /**
   * Verifies that it is done and failed with this code. A program that failed by itself is no such
   * failure.
   */
  public OperationAssert failedWith(Status.Code code) {
    if (!actual.hasError() || actual.getError().getCode() != code.value()) {
      throw failed(
          "Expected operation %s to have failed with %s but %s", actual.getId(), code, end());
    }
    return this;
  }

  /** Verifies that it is done and failed with this code and this text. */
  public OperationAssert failedWith(Status.Code code, String message) {
    failedWith(code);
    if (!actual.getError().getMessage().equals(message)) {
      throw failed(
          "Expected operation %s to have failed with '%s' but %s", actual.getId(), message, end());
    }
    return this;
  }

  /**
   * Verifies which call began it.
   *
   * @param metadata what such operations carry, such as {@code ExecuteProjectJobMetadata}; our
   *     class or the official SDK's
   */
  public OperationAssert isOf(Class<? extends Message> metadata) {
    var wanted = Internal.getDefaultInstance(metadata).getDescriptorForType().getFullName();
    var type = actual.getMetadata().getTypeUrl();
    var found = type.substring(type.lastIndexOf('/') + 1);
    if (!found.equals(wanted)) {
      throw failed("Expected operation %s of %s but it is of %s", actual.getId(), wanted, found);
    }
    return this;
  }

  private String end() {
    if (!actual.getDone()) {
      return "it goes on";
    }
    if (actual.hasError()) {
      var error = actual.getError();
      return "its end is " + Status.fromCodeValue(error.getCode()).getCode() + ": '"
          + error.getMessage() + "'";
    }
    try {
      return actual.getResponse().is(ExecuteProjectJobResponse.class)
          ? "its program exited with "
              + actual
                  .getResponse()
                  .unpack(ExecuteProjectJobResponse.class)
                  .getResult()
                  .getReturnCode()
          : "it succeeded";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the answer of operation " + actual.getId(), e);
    }
  }

  private AssertionError failed(String text, Object... values) {
    return CallSites.inAuthorsCode(failure(text, values));
  }
}
