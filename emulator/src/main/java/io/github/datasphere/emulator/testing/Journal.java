package io.github.datasphere.emulator.testing;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Every request with its answer, in the order in which they came; safe for several threads.
 * Passwords, tokens and signed URLs read {@code ***}: the protos mark them.
 */
public final class Journal {
  private static final Metadata.Key<String> USER_AGENT =
      Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER);

  /** In it a client under test tells the line of the test that made the call. */
  public static final Metadata.Key<String> ORIGIN =
      Metadata.Key.of("datasphere-test-origin", Metadata.ASCII_STRING_MARSHALLER);

  private final Clock clock;
  private final SecretFields secrets = new SecretFields();
  private final List<Exchange> exchanges = new ArrayList<>();

  public Journal(Clock clock) {
    this.clock = clock;
  }

  /** The same calls, on another clock; those that went on are over: their world is gone. */
  synchronized Journal continuedOn(Clock newClock) {
    var copy = new Journal(newClock);
    exchanges.forEach(exchange ->
        copy.exchanges.add(exchange.status() == null ? exchange.ended(SWAPPED) : exchange));
    return copy;
  }

  public synchronized List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /**
   * Those of one method, such as {@code Create}.
   *
   * @throws IllegalArgumentException if there is no such method
   */
  public List<Exchange> exchanges(String method) {
    var name = CallNames.checked(method);
    return exchanges().stream()
        .filter(exchange -> exchange.method().equals(name))
        .toList();
  }

  /**
   * Those of one method with such a request.
   *
   * @param type our class of it or the official SDK's, or {@link Message} for any
   * @throws IllegalArgumentException if no method of this name takes it
   */
  public <Q extends Message> List<Exchange> exchanges(
      String method, Class<Q> type, Predicate<Q> condition) {
    CallNames.check(method, type);
    return exchanges(method).stream()
        .filter(exchange -> exchange.request(type).filter(condition).isPresent())
        .toList();
  }

  /** Those that still go on. */
  public List<Exchange> open() {
    return exchanges().stream().filter(exchange -> exchange.status() == null).toList();
  }

  <Q, R> ServerCall.Listener<Q> record(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    int index = begin(call.getMethodDescriptor(), headers);
    var recorded = new SimpleForwardingServerCall<Q, R>(call) {
      @Override
      public void sendMessage(R message) {
        change(index, exchange -> withReply(exchange, message));
        super.sendMessage(message);
      }

      @Override
      public void close(Status status, Metadata trailers) {
        change(index, exchange -> exchange.ended(status));
        super.close(status, trailers);
      }
    };
    return new SimpleForwardingServerCallListener<Q>(next.startCall(recorded, headers)) {
      @Override
      public void onMessage(Q message) {
        change(index, exchange -> withRequest(exchange, message));
        super.onMessage(message);
      }

      @Override
      public void onCancel() {
        change(index, exchange -> exchange.status() == null ? exchange.ended(GONE) : exchange);
        super.onCancel();
      }
    };
  }

  private static final Status SWAPPED =
      Status.CANCELLED.withDescription("the emulator was reset or restored");

  private static final Status GONE = Status.CANCELLED.withDescription("the client ended the call");

  private synchronized int begin(MethodDescriptor<?, ?> method, Metadata headers) {
    var service = String.valueOf(method.getServiceName());
    var client = headers.get(USER_AGENT);
    var origin = headers.get(ORIGIN);
    exchanges.add(new Exchange(
        exchanges.size() + 1L,
        clock.instant(),
        service.substring(service.lastIndexOf('.') + 1),
        String.valueOf(method.getBareMethodName()),
        null,
        null,
        0,
        null,
        client == null ? "" : client,
        origin == null ? "" : origin));
    return exchanges.size() - 1;
  }

  private synchronized void change(int index, UnaryOperator<Exchange> change) {
    exchanges.set(index, change.apply(exchanges.get(index)));
  }

  private Exchange withRequest(Exchange exchange, Object message) {
    return message instanceof Message request
        ? exchange.withRequest(secrets.masked(request))
        : exchange;
  }

  private Exchange withReply(Exchange exchange, Object message) {
    return message instanceof Message reply ? exchange.withReply(secrets.masked(reply)) : exchange;
  }
}
