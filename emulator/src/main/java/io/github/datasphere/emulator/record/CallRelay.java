package io.github.datasphere.emulator.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.gateway.tls.ServerNames;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event.Content;
import io.github.datasphere.emulator.session.UnknownFields;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Answers every call by asking the service, and notes what passes. */
final class CallRelay extends HandlerRegistry {
  private static final Metadata.Key<String> USER_AGENT =
      Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER);

  private final Spool spool;
  private final Upstream upstream;
  private final UrlBook urls;
  private final Api api;
  private final UnknownFields unknownFields;
  private final AtomicLong calls = new AtomicLong();
  private final Set<String> unknown = new ConcurrentSkipListSet<>();
  private final OpenCalls open = new OpenCalls();

  CallRelay(Spool spool, Upstream upstream, UrlBook urls, Api api) {
    this.spool = spool;
    this.upstream = upstream;
    this.urls = urls;
    this.api = api;
    this.unknownFields = new UnknownFields(api);
  }

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
    var descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .setFullMethodName(method)
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
    return ServerMethodDefinition.create(descriptor, this::start);
  }

  /** Returns how many calls have begun. */
  long calls() {
    return calls.get();
  }

  /** Returns what came that our protos do not know, as sentences. */
  Set<String> unknown() {
    return new TreeSet<>(unknown);
  }

  OpenCalls open() {
    return open;
  }

  private ServerCall.Listener<byte[]> start(ServerCall<byte[], byte[]> client, Metadata headers) {
    var method = client.getMethodDescriptor().getFullMethodName();
    var isOfApi = method.startsWith("yandex.");
    var host = hostOf(client.getAuthority(), method);
    try {
      var agent = headers.get(USER_AGENT);
      var channel = upstream.channel(host, agent == null ? "" : agent);
      var notes = isOfApi
          ? new CallNotes(calls.incrementAndGet(), method, this)
          : CallNotes.none(method, this);
      notes.started(host, headers);
      return new RelayedCall(client, channel, headers, notes).start();
    } catch (IOException e) {
      client.close(
          Status.UNAVAILABLE.withDescription("the recorder cannot reach the service: " + e),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }

  /** Returns the name by which the client calls the service; a loopback address says nothing. */
  private static String hostOf(@Nullable String authority, String method) {
    var name = authority == null ? "" : authority.replaceFirst(":443$", "");
    if (ServerNames.official().contains(name)) {
      return name;
    }
    if (method.contains("OperationService")) {
      return "operation.api.cloud.yandex.net";
    }
    return method.contains(".iam.")
        ? "iam.api.cloud.yandex.net"
        : method.contains(".endpoint.")
            ? "api.cloud.yandex.net"
            : "datasphere.api.cloud.yandex.net";
  }

  Spool spool() {
    return spool;
  }

  /** Returns the content as a message, if our protos know the call. */
  Content content(String method, boolean isRequest, byte[] bytes) {
    var call = api.call(method);
    if (call.isEmpty()) {
      unknown.add("the call " + method + " is not in our protos");
      return Content.of(ByteString.copyFrom(bytes));
    }
    try {
      Message empty = isRequest ? call.get().request() : call.get().reply();
      var message = empty.getParserForType().parseFrom(bytes);
      for (var field : unknownFields.of(message)) {
        unknown.add(call.get().shortName() + (isRequest ? " is sent " : " answers with ") + field
            + ", which our protos do not know");
      }
      return Content.of(message);
    } catch (InvalidProtocolBufferException e) {
      return Content.of(ByteString.copyFrom(bytes));
    }
  }

  /** Returns what the client gets: the same, with our URLs. */
  byte[] forClient(Content content, byte[] bytes) {
    var message = content.message();
    if (message == null) {
      return bytes;
    }
    var rewritten = urls.rewritten(message);
    return rewritten == message ? bytes : rewritten.toByteArray();
  }

  /** Messages as they are on the wire. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
