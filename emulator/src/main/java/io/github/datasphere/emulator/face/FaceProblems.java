package io.github.datasphere.emulator.face;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.LoggerFactory;

/**
 * What a client is told about a failure.
 *
 * @param message what failed, why, and what to do
 * @param fields of the request that are wrong
 */
record FaceProblems(Status.Code code, String message, List<Field> fields) {
  /** A field, named as in the proto, and what is wrong with it. */
  record Field(String field, String problem) {}

  static FaceProblems of(Status.Code code, String message) {
    return new FaceProblems(code, message, List.of());
  }

  /** Returns what docs/http-api.md calls an error. */
  Map<String, Object> json() {
    var error = new LinkedHashMap<String, Object>();
    error.put("code", code.name());
    error.put("message", message);
    if (!fields.isEmpty()) {
      error.put(
          "fields",
          fields.stream()
              .map(wrong -> Map.of("field", wrong.field(), "problem", wrong.problem()))
              .toList());
    }
    return Map.of("error", error);
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
    return new FaceProblems(
        Status.fromCodeValue(rejected.code().number()).getCode(),
        rejected.reason(),
        rejected.violations().stream()
            .map(wrong -> new Field(wrong.field(), wrong.message()))
            .toList());
  }

  private static FaceProblems of(StatusRuntimeException failure) {
    var status = failure.getStatus();
    var text = status.getDescription();
    var details = StatusProto.fromThrowable(failure);
    var fields = new ArrayList<Field>();
    for (var detail : details == null ? List.<Any>of() : details.getDetailsList()) {
      if (detail.is(BadRequest.class)) {
        addFields(fields, detail);
      }
    }
    return new FaceProblems(status.getCode(), text == null ? "" : text, fields);
  }

  private static void addFields(List<Field> fields, Any detail) {
    try {
      for (var wrong : detail.unpack(BadRequest.class).getFieldViolationsList()) {
        fields.add(new Field(wrong.getField(), wrong.getDescription()));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an answer of ours has broken details", e);
    }
  }
}
