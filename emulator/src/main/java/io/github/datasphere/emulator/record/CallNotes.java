package io.github.datasphere.emulator.record;

import io.github.datasphere.emulator.session.CallMetadata;
import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.Event.Answering;
import io.github.datasphere.emulator.session.Event.Cancelled;
import io.github.datasphere.emulator.session.Event.Content;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Event.HalfClosed;
import io.github.datasphere.emulator.session.Event.Replied;
import io.github.datasphere.emulator.session.Event.Requested;
import io.github.datasphere.emulator.session.Event.Started;
import io.grpc.Metadata;
import io.grpc.Status;

/** Notes what happens in one call; safe for several threads. */
final class CallNotes {
  private static final long NONE = 0;

  private final long call;
  private final String method;
  private final CallRelay relay;

  CallNotes(long call, String method, CallRelay relay) {
    this.call = call;
    this.method = method;
    this.relay = relay;
  }

  /** Makes notes of a call that is none of the API's: nothing is noted. */
  static CallNotes none(String method, CallRelay relay) {
    return new CallNotes(NONE, method, relay);
  }

  void started(String host, Metadata headers) {
    if (call != NONE) {
      relay.open().begin(call);
    }
    add(new Started(call, method, host, CallMetadata.of(headers)));
  }

  void requested(byte[] message) {
    if (call != NONE) {
      add(new Requested(call, relay.content(method, true, message)));
    }
  }

  void halfClosed() {
    add(new HalfClosed(call));
  }

  void cancelled() {
    add(new Cancelled(call));
  }

  void answering(Metadata headers) {
    add(new Answering(call, CallMetadata.of(headers)));
  }

  /** Notes a reply, and returns what the client gets. */
  byte[] replied(byte[] message) {
    if (call == NONE) {
      return message;
    }
    Content content = relay.content(method, false, message);
    add(new Replied(call, content));
    return relay.forClient(content, message);
  }

  /** @param saidByService whether the service sent this end, or the connection broke */
  void ended(Status status, Metadata trailers, boolean saidByService) {
    relay.open().end(call);
    var text = status.getDescription();
    add(new Ended(
        call,
        status.getCode().name(),
        text == null ? "" : text,
        saidByService ? "service" : "connection",
        CallMetadata.of(trailers)));
  }

  private void add(Event event) {
    if (call != NONE) {
      relay.spool().add(event);
    }
  }
}
