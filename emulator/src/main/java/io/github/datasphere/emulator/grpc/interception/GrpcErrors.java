package io.github.datasphere.emulator.grpc.interception;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.github.datasphere.emulator.job.validation.Text;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.UncheckedIOException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a client is told about a failure. The client's own mistakes are told in full, with
 * {@code google.rpc.BadRequest} for the fields. A failing disk is named, so that the client may try
 * again. For a fault of ours the client gets an id, under which the log has the rest. The status is
 * never {@code UNKNOWN}.
 */
public final class GrpcErrors {
  /** Clients refuse trailers above 8 KiB in all; text counts percent-encoded, details in base64. */
  private static final int MESSAGE_BYTES = 1_500;

  private static final int DETAILS_BYTES = 3_500;
  private static final int VIOLATION_BYTES = 500;

  private GrpcErrors() {}

  public static StatusRuntimeException of(Throwable failure, String method) {
    if (failure instanceof RejectedException rejected) {
      return of(rejected);
    }
    if (failure instanceof StatusRuntimeException status && isTelling(status.getStatus())) {
      return status;
    }
    if (failure instanceof StatusException status && isTelling(status.getStatus())) {
      return status.getStatus().asRuntimeException(status.getTrailers());
    }
    if (failure instanceof StatusRuntimeException status && status.getStatus().getCause() != null) {
      // What a stream of ours is closed with, gRPC wraps in a status of its own
      return of(status.getStatus().getCause(), method);
    }
    if (failure instanceof UncheckedIOException trouble) {
      PlainWarning.tell(
          log(), trouble, "{} failed, as the emulator's disk or storage does not serve", method);
      return Status.UNAVAILABLE
          .withDescription(clip(String.valueOf(trouble.getMessage()), MESSAGE_BYTES))
          .asRuntimeException();
    }
    var id = "%08x".formatted(ThreadLocalRandom.current().nextInt());
    log().error("{} failed with error {}", method, id, failure);
    return Status.INTERNAL
        .withDescription(
            "Internal error " + id + " of the emulator: its log says more under this id")
        .asRuntimeException();
  }

  /** Returns the status with a description short enough for clients. */
  static Status clipped(Status status) {
    var text = status.getDescription();
    return text == null ? status : status.withDescription(clip(text, MESSAGE_BYTES));
  }

  private static boolean isTelling(Status status) {
    return status.getCode() != Status.Code.UNKNOWN;
  }

  private static StatusRuntimeException of(RejectedException rejected) {
    var status = com.google.rpc.Status.newBuilder()
        .setCode(rejected.code().number())
        .setMessage(clip(rejected.reason(), MESSAGE_BYTES));
    if (!rejected.violations().isEmpty()) {
      status.addDetails(Any.pack(badRequest(rejected)));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private static BadRequest badRequest(RejectedException rejected) {
    var request = BadRequest.newBuilder();
    int bytes = rejected.reason().length();
    for (var violation : rejected.violations()) {
      var proto = BadRequest.FieldViolation.newBuilder()
          .setField(clip(violation.field(), VIOLATION_BYTES))
          .setDescription(clip(violation.message(), VIOLATION_BYTES))
          .build();
      bytes += proto.getSerializedSize();
      if (request.getFieldViolationsCount() > 0 && bytes > DETAILS_BYTES) {
        break;
      }
      request.addFieldViolations(proto);
    }
    return request.build();
  }

  /**
   * Returns as much of the beginning of the text as takes that many bytes in a header. Half a
   * character, which messages of libraries may contain, cannot be sent.
   */
  public static String clip(String message, int limit) {
    var text = Text.wellFormed(message);
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      bytes += c >= 0x20 && c < 0x7f && c != '%'
          ? 1
          : 3 * (c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4);
      if (bytes > limit - 3) {
        return text.substring(0, i) + "...";
      }
      i += Character.charCount(c);
    }
    return text;
  }

  private static Logger log() {
    return LoggerFactory.getLogger(GrpcErrors.class);
  }
}
