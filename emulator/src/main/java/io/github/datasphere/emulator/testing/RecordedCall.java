package io.github.datasphere.emulator.testing;

import com.google.protobuf.Message;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call as the service saw it.
 *
 * @param number counts all calls since the world began, from 1
 * @param service such as {@code ProjectJobService}
 * @param method such as {@code Create}
 * @param request null if none came or it could not be read
 * @param reply the only reply, or the last of a stream; null if none was sent
 * @param replies how many replies were sent
 * @param status null while the call goes on
 * @param client the {@code user-agent}; empty if the client sent none
 * @param origin the line of the test that made the call; empty if the client does not tell it
 * @param course what happened in the course of the call
 */
public record RecordedCall(
    long number,
    Instant at,
    String service,
    String method,
    @Nullable Message request,
    @Nullable Message reply,
    long replies,
    @Nullable Status status,
    String client,
    String origin,
    CallCourse course) {

  /**
   * Returns the request as this class: ours, the official SDK's, or {@link Message} for any. It is
   * empty if there is no request, or if it is another message.
   */
  public <Q extends Message> Optional<Q> request(Class<Q> type) {
    return RequestTypes.as(type, request);
  }

  /** How long the call took on the emulator's clock; empty while it goes on. */
  public Optional<Duration> duration() {
    return Optional.ofNullable(course.endedAt()).map(end -> Duration.between(at, end));
  }

  RecordedCall withRequest(Message message) {
    return new RecordedCall(
        number, at, service, method, message, reply, replies, status, client, origin, course);
  }

  RecordedCall withReply(Message message, CallCourse now) {
    return new RecordedCall(
        number, at, service, method, request, message, replies + 1, status, client, origin, now);
  }

  RecordedCall with(CallCourse now) {
    return new RecordedCall(
        number, at, service, method, request, reply, replies, status, client, origin, now);
  }

  RecordedCall ended(Status end, Instant when) {
    var now = course.ended(when);
    return new RecordedCall(
        number, at, service, method, request, reply, replies, end, client, origin, now);
  }

  public boolean succeeded() {
    return status != null && status.isOk();
  }

  /** One line for humans. */
  @Override
  public String toString() {
    var outcome = status == null
        ? "goes on"
        : status.isOk() ? "OK" : status.getCode() + ": " + status.getDescription();
    return "#" + number + " " + at + " " + service + "." + method + " -> " + outcome
        + (origin.isEmpty() ? "" : " (called at " + origin + ")");
  }
}
