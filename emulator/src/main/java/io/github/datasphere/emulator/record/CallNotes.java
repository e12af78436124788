package io.github.datasphere.emulator.record;

import io.github.datasphere.emulator.session.CallMetadata;
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
  /** By it, clients that try a call again say how often they have tried before. */
  private static final Metadata.Key<String> EARLIER_ATTEMPTS =
      Metadata.Key.of("grpc-previous-rpc-attempts", Metadata.ASCII_STRING_MARSHALLER);

  private final long call;
  private final String method;
  private final CallMessages messages;
  private final Spool spool;
  private final OpenCalls open;
  private volatile boolean isCancelled;

  CallNotes(long call, String method, CallMessages messages, Spool spool, OpenCalls open) {
    this.call = call;
    this.method = method;
    this.messages = messages;
    this.spool = spool;
    this.open = open;
  }

  void started(String host, Metadata headers) {
    open.begin(call);
    var before = headers.get(EARLIER_ATTEMPTS);
    if (before != null) {
      open.retried(call, method, before);
    }
    spool.add(new Started(call, method, host, CallMetadata.of(headers)));
  }

  void requested(byte[] message) {
    spool.add(new Requested(call, messages.content(method, true, message)));
  }

  void halfClosed() {
    spool.add(new HalfClosed(call));
  }

  void cancelled() {
    isCancelled = true;
    spool.add(new Cancelled(call));
  }

  void answering(Metadata headers) {
    spool.add(new Answering(call, CallMetadata.of(headers)));
  }

  /** Notes a reply, and returns what the client gets. */
  byte[] replied(byte[] message) {
    Content content = messages.content(method, false, message);
    spool.add(new Replied(call, content));
    return messages.forClient(content, message);
  }

  /** Tells the ends of HTTP/2 apart, which gRPC tells in its texts alone. */
  private static String endedBy(String text) {
    return text.startsWith("RST") ? "reset" : text.contains("GOAWAY") ? "go-away" : "connection";
  }

  /** @param saidByService whether the service sent this end, or the connection broke */
  void ended(Status status, Metadata trailers, boolean saidByService) {
    if (saidByService || isCancelled) {
      open.end(call);
    } else {
      open.breakOff(call, method, status);
    }
    var text = status.getDescription();
    spool.add(new Ended(
        call,
        status.getCode().name(),
        text == null ? "" : text,
        saidByService ? "service" : endedBy(text == null ? "" : text),
        CallMetadata.of(trailers)));
  }
}
