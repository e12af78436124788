package io.github.datasphere.emulator.record;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call on its way; without notes if it is none of the API's. Each side is read no faster than
 * the other takes.
 */
final class RelayedCall {
  private final ServerCall<byte[], byte[]> client;
  private final ClientCall<byte[], byte[]> service;
  private final Metadata headers;
  private final Optional<CallNotes> notes;
  private final Pace requests = new Pace();
  private final Pace replies = new Pace();
  private final AtomicBoolean saidByService = new AtomicBoolean();

  RelayedCall(
      ServerCall<byte[], byte[]> client,
      Channel channel,
      Metadata headers,
      Optional<CallNotes> notes) {
    this.client = client;
    this.headers = headers;
    this.notes = notes;
    this.service = channel.newCall(client.getMethodDescriptor(), options());
  }

  /** Begins, and returns what listens to the client. */
  ServerCall.Listener<byte[]> start() {
    service.start(new FromService(), headers);
    service.request(1);
    client.request(1);
    return new FromClient();
  }

  private CallOptions options() {
    var options = CallOptions.DEFAULT.withStreamTracerFactory(new Trailers());
    var deadline = Context.current().getDeadline();
    return deadline == null ? options : options.withDeadline(deadline);
  }

  /** Tells an end that the service sent from one that gRPC made up. */
  private final class Trailers extends ClientStreamTracer.Factory {
    @Override
    public ClientStreamTracer newClientStreamTracer(
        ClientStreamTracer.StreamInfo info, Metadata sent) {
      return new ClientStreamTracer() {
        @Override
        public void inboundTrailers(Metadata trailers) {
          saidByService.set(true);
        }
      };
    }
  }

  /** Lets one side be read on once the other has room. */
  private static final class Pace {
    private boolean waits;

    /** Whether the next message may be read now; if not, {@link #resumes} tells when. */
    synchronized boolean goesOn(boolean isReady) {
      waits = !isReady;
      return isReady;
    }

    synchronized boolean resumes() {
      boolean waited = waits;
      waits = false;
      return waited;
    }
  }

  private final class FromClient extends ServerCall.Listener<byte[]> {
    @Override
    public void onMessage(byte[] message) {
      notes.ifPresent(one -> one.requested(message));
      service.sendMessage(message);
      if (requests.goesOn(service.isReady())) {
        client.request(1);
      }
    }

    @Override
    public void onHalfClose() {
      notes.ifPresent(CallNotes::halfClosed);
      service.halfClose();
    }

    @Override
    public void onCancel() {
      notes.ifPresent(CallNotes::cancelled);
      service.cancel("the client gave the call up", null);
    }

    @Override
    public void onReady() {
      if (replies.resumes()) {
        service.request(1);
      }
    }
  }

  private final class FromService extends ClientCall.Listener<byte[]> {
    @Override
    public void onHeaders(Metadata metadata) {
      notes.ifPresent(one -> one.answering(metadata));
      client.sendHeaders(metadata);
    }

    @Override
    public void onMessage(byte[] message) {
      client.sendMessage(notes.map(one -> one.replied(message)).orElse(message));
      if (replies.goesOn(client.isReady())) {
        service.request(1);
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      notes.ifPresent(one -> one.ended(status, trailers, saidByService.get()));
      if (!client.isCancelled()) {
        client.close(status, trailers);
      }
    }

    @Override
    public void onReady() {
      if (requests.resumes()) {
        client.request(1);
      }
    }
  }
}
