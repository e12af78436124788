package io.github.datasphere.emulator.grpc.mapping;

import com.google.protobuf.Any;
import io.github.datasphere.proto.emulator.Exchange;
import io.github.datasphere.proto.emulator.Timeline;
import java.util.List;

/** Maps what a test double has seen. */
public final class ControlMapping {
  private ControlMapping() {}

  public static Exchange toProto(io.github.datasphere.emulator.testing.RecordedCall exchange) {
    var proto = Exchange.newBuilder()
        .setNumber(exchange.number())
        .setAt(TimeMapping.toProto(exchange.at()))
        .setService(exchange.service())
        .setMethod(exchange.method())
        .setReplies(exchange.replies())
        .setClient(exchange.client());
    if (exchange.request() != null) {
      proto.setRequest(Any.pack(exchange.request()));
    }
    if (exchange.reply() != null) {
      proto.setReply(Any.pack(exchange.reply()));
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
