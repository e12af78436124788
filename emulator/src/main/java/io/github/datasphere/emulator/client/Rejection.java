package io.github.datasphere.emulator.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import io.github.datasphere.emulator.client.config.FieldPlaces;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Tells a refusal of the service by the lines of the configuration that it is about. */
final class Rejection {
  private final Path file;
  private final FieldPlaces places;

  Rejection(Path file, FieldPlaces places) {
    this.file = file;
    this.places = places;
  }

  RunFailedException explain(String what, StatusRuntimeException e) {
    List<BadRequest.FieldViolation> violations = violations(e);
    if (violations.isEmpty()) {
      return failed(what, e);
    }
    return new RunFailedException(violations.stream()
        .sorted(Comparator.comparing(this::lineNumber))
        .map(this::line)
        .collect(Collectors.joining("\n")));
  }

  /** A failure that no line of the configuration is to blame for. */
  static RunFailedException failed(String what, StatusRuntimeException e) {
    String description = e.getStatus().getDescription();
    return new RunFailedException(what
        + " failed: "
        + e.getStatus().getCode()
        + (description == null ? "" : ": " + description));
  }

  private int lineNumber(BadRequest.FieldViolation violation) {
    return places.find(violation.getField()).map(FieldPlaces.Place::line).orElse(0);
  }

  private String line(BadRequest.FieldViolation violation) {
    return places
            .find(violation.getField())
            .map(place -> file + ":" + place.line() + ": " + place.key() + ": ")
            .orElse(violation.getField() + ": ")
        + violation.getDescription();
  }

  private static List<BadRequest.FieldViolation> violations(StatusRuntimeException e) {
    com.google.rpc.Status status = StatusProto.fromThrowable(e);
    if (status == null) {
      return List.of();
    }
    for (Any detail : status.getDetailsList()) {
      if (detail.is(BadRequest.class)) {
        try {
          return detail.unpack(BadRequest.class).getFieldViolationsList();
        } catch (InvalidProtocolBufferException broken) {
          return List.of();
        }
      }
    }
    return List.of();
  }
}
