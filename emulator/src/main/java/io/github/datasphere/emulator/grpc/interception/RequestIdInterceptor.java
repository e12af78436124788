package io.github.datasphere.emulator.grpc.interception;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Gives every call an id, in the initial headers of every answer: the official client prints those
 * of a failed call (service-behaviour 1.11), SDKs log them (1.7).
 */
public final class RequestIdInterceptor implements ServerInterceptor {
  private static final Metadata.Key<String> REQUEST_ID = key("x-request-id");
  private static final Metadata.Key<String> TRACE_ID = key("x-server-trace-id");
  private static final Metadata.Key<String> CLIENT_REQUEST_ID = key("x-client-request-id");

  /** Statuses after which the official client tries again, by its service configuration (1.5). */
  private static final Set<Status.Code> TO_BE_RETRIED =
      Set.of(Status.Code.UNAVAILABLE, Status.Code.CANCELLED);

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return next.startCall(new Marked<>(call, headers.get(CLIENT_REQUEST_ID)), headers);
  }

  private static final class Marked<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final @Nullable String clientRequestId;
    private boolean headersSent;

    Marked(ServerCall<Q, R> call, @Nullable String clientRequestId) {
      super(call);
      this.clientRequestId = clientRequestId;
    }

    @Override
    public void sendHeaders(Metadata headers) {
      headersSent = true;
      super.sendHeaders(marked(headers));
    }

    /**
     * Sends the id in headers before an error, since the client prints headers only. But gRPC
     * retries no call whose headers have arrived, so an error that clients retry is sent as
     * trailers alone.
     */
    @Override
    public void close(Status status, Metadata trailers) {
      if (!headersSent && TO_BE_RETRIED.contains(status.getCode())) {
        super.close(status, marked(trailers));
        return;
      }
      if (!headersSent && !isCancelled()) {
        sendHeaders(new Metadata());
      }
      super.close(status, trailers);
    }

    private Metadata marked(Metadata metadata) {
      putIfAbsent(metadata, REQUEST_ID, id());
      putIfAbsent(metadata, TRACE_ID, id());
      if (clientRequestId != null) {
        putIfAbsent(metadata, CLIENT_REQUEST_ID, clientRequestId);
      }
      return metadata;
    }

    /** Adds an entry unless it is there: an ordered fault may have set it for its test. */
    private static void putIfAbsent(Metadata metadata, Metadata.Key<String> key, String value) {
      if (!metadata.containsKey(key)) {
        metadata.put(key, value);
      }
    }
  }

  /** Makes an id; it is no secret, so a cheap random source will do. */
  private static String id() {
    var random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
