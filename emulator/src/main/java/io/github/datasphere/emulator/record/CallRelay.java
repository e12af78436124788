package io.github.datasphere.emulator.record;

import io.github.datasphere.emulator.gateway.tls.ServerNames;
import io.github.datasphere.emulator.session.Api;
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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Answers every call by asking the service, and notes what passes. */
final class CallRelay extends HandlerRegistry {
  private static final Metadata.Key<String> USER_AGENT =
      Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER);

  private final Spool spool;
  private final Upstream upstream;
  private final CallMessages messages;
  private final AtomicLong calls = new AtomicLong();
  private final OpenCalls open = new OpenCalls();

  CallRelay(Spool spool, Upstream upstream, CallMessages messages) {
    this.spool = spool;
    this.upstream = upstream;
    this.messages = messages;
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
          ? Optional.of(new CallNotes(calls.incrementAndGet(), method, messages, spool, open))
          : Optional.<CallNotes>empty();
      notes.ifPresent(one -> one.started(host, headers));
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
    return Api.hostOf(method);
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
