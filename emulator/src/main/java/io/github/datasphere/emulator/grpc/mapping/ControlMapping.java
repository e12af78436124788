package io.github.datasphere.emulator.grpc.mapping;

import com.google.protobuf.Any;
import io.github.datasphere.emulator.testing.RecordedCall;
import io.github.datasphere.proto.emulator.Exchange;
import io.github.datasphere.proto.emulator.Timeline;
import java.util.List;

/** Maps what a test double has seen. */
public final class ControlMapping {
  private ControlMapping() {}

  /** Maps a call with the messages of its stream. */
  public static Exchange withMessages(RecordedCall exchange) {
    var proto = toProto(exchange).toBuilder();
    for (var message : exchange.course().messages()) {
      proto
          .addMessagesBuilder()
          .setNumber(message.number())
          .setAt(TimeMapping.toProto(message.at()))
          .setContent(Any.pack(message.message()));
    }
    return proto.build();
  }

  /** Maps a call; of a stream, the last message alone. */
  public static Exchange toProto(RecordedCall exchange) {
    var proto = Exchange.newBuilder()
        .setNumber(exchange.number())
        .setAt(TimeMapping.toProto(exchange.at()))
        .setService(exchange.service())
        .setMethod(exchange.method())
        .setReplies(exchange.replies())
        .addAllFaults(exchange.course().faults())
        .setClient(exchange.client());
    if (exchange.request() != null) {
      proto.setRequest(Any.pack(exchange.request()));
    }
    if (exchange.reply() != null) {
      proto.setReply(Any.pack(exchange.reply()));
    }
    if (exchange.course().endedAt() != null) {
      proto.setEndedAt(TimeMapping.toProto(exchange.course().endedAt()));
    }
    if (exchange.status() != null) {
      var description = exchange.status().getDescription();
      proto.setStatus(com.google.rpc.Status.newBuilder()
          .setCode(exchange.status().getCode().value())
          .setMessage(description == null ? "" : description));
    }
    return proto.build();
  }

  public static Timeline toProto(
      List<io.github.datasphere.emulator.testing.Timeline.Event> events) {
    var timeline = Timeline.newBuilder();
    events.forEach(event ->
        timeline.addEventsBuilder().setAt(TimeMapping.toProto(event.at())).setText(event.text()));
    return timeline.build();
  }
}
