package io.github.datasphere.emulator.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import io.github.datasphere.emulator.client.config.FieldPlaces;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells a refusal of the service by the lines of the configuration that it is about. */
final class Rejection {
  /** Names of the service have an underscore; what users wrote themselves stands in quotes. */
  private static final Pattern FIELD_OR_QUOTE =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\b[a-z0-9]+(?:_[a-z0-9]+)+(?:\\[\\d+])?");

  private final Path file;
  private final FieldPlaces places;

  Rejection(Path file, FieldPlaces places) {
    this.file = file;
    this.places = places;
  }

  RunFailedException explain(String what, StatusRuntimeException e) {
    var violations = violations(e);
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
    var description = e.getStatus().getDescription();
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
        + inWordsOfTheFile(violation);
  }

  /** A message may name another field of the same request. */
  private String inWordsOfTheFile(BadRequest.FieldViolation violation) {
    var request = violation.getField().replaceFirst("\\..*", "");
    return FIELD_OR_QUOTE
        .matcher(violation.getDescription())
        .replaceAll(part -> Matcher.quoteReplacement(places
            .of(request + "." + part.group())
            .map(place -> place.key() + " in line " + place.line())
            .orElse(part.group())));
  }

  private static List<BadRequest.FieldViolation> violations(StatusRuntimeException e) {
    com.google.rpc.Status status = StatusProto.fromThrowable(e);
    if (status == null) {
      return List.of();
    }
    for (var detail : status.getDetailsList()) {
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
