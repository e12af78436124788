package io.github.datasphere.emulator.face;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.github.datasphere.proto.emulator.FaceError;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/** What a client is told about a failure. */
record FaceProblems(Status.Code code, FaceError error) {

  static FaceProblems of(Status.Code code, String message) {
    return new FaceProblems(
        code, FaceError.newBuilder().setError(problem(code, message)).build());
  }

  /** Tells the client's own mistakes in full; of a fault of ours, where the log says more. */
  static FaceProblems of(Throwable failure) {
    if (failure instanceof StatusRuntimeException status) {
      return of(status);
    }
    if (failure instanceof RejectedException rejected) {
      return of(rejected);
    }
    if (failure instanceof FileRejectedException rejected) {
      var code = rejected.reason() == FileRejectedException.Reason.NO_SPACE
          ? Status.Code.RESOURCE_EXHAUSTED
          : Status.Code.INVALID_ARGUMENT;
      return of(code, String.valueOf(rejected.getMessage()));
    }
    if (failure instanceof NoSuchFileException) {
      return of(
          Status.Code.NOT_FOUND,
          "The file is not stored: it was never uploaded, or is deleted with the data of its job.");
    }
    if (failure instanceof StorageException || failure instanceof UncheckedIOException) {
      return of(Status.Code.UNAVAILABLE, String.valueOf(failure.getMessage()));
    }
    if (failure instanceof IllegalArgumentException) {
      return of(Status.Code.INVALID_ARGUMENT, String.valueOf(failure.getMessage()));
    }
    var id = UUID.randomUUID().toString().substring(0, 8);
    LoggerFactory.getLogger(FaceProblems.class)
        .error("A request of the face failed, id {}", id, failure);
    return of(
        Status.Code.INTERNAL, "The emulator failed; its log says more under the id " + id + ".");
  }

  /** Whether the request itself could not be read: the port answers that. */
  static boolean isOfTheConnection(Throwable failure) {
    return failure instanceof IOException
        && !(failure instanceof FileRejectedException
            || failure instanceof StorageException
            || failure instanceof FileSystemException);
  }

  int http() {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED, CANCELLED, FAILED_PRECONDITION -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
      case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
    };
  }

  private static FaceProblems of(RejectedException rejected) {
    var code = Status.fromCodeValue(rejected.code().number()).getCode();
    var problem = problem(code, rejected.reason());
    rejected
        .violations()
        .forEach(wrong -> problem.addFields(field(wrong.field(), wrong.message())));
    return new FaceProblems(code, FaceError.newBuilder().setError(problem).build());
  }

  private static FaceProblems of(StatusRuntimeException failure) {
    var status = failure.getStatus();
    var text = status.getDescription();
    var problem = problem(status.getCode(), text == null ? "" : text);
    var details = StatusProto.fromThrowable(failure);
    for (var detail : details == null ? List.<Any>of() : details.getDetailsList()) {
      if (detail.is(BadRequest.class)) {
        addFields(problem, detail);
      }
    }
    return new FaceProblems(
        status.getCode(), FaceError.newBuilder().setError(problem).build());
  }

  private static void addFields(FaceError.Problem.Builder problem, Any detail) {
    try {
      for (var wrong : detail.unpack(BadRequest.class).getFieldViolationsList()) {
        problem.addFields(field(wrong.getField(), wrong.getDescription()));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an answer of ours has broken details", e);
    }
  }

  private static FaceError.Problem.Builder problem(Status.Code code, String message) {
    return FaceError.Problem.newBuilder().setCode(code.name()).setMessage(message);
  }

  private static FaceError.Field field(String name, String problem) {
    return FaceError.Field.newBuilder().setField(name).setProblem(problem).build();
  }
}
