package io.github.datasphere.samples;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A service that answers as another one does, but for one difference: it calls the execution of a
 * job {@link #PLANTED}.
 */
final class PlantedService implements AutoCloseable {
  static final String PLANTED = "Run job";
  private static final String USUAL = "Execute job";

  private final ManagedChannel service;
  private final Server server;

  /** @param address of the other service, without TLS */
  PlantedService(String address) throws IOException {
    this.service =
        Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
    this.server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
        .fallbackHandlerRegistry(new Relays())
        .build()
        .start();
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    service.shutdownNow();
  }

  private final class Relays extends HandlerRegistry {
    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String method, String authority) {
      var descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .setFullMethodName(method)
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();
      return ServerMethodDefinition.create(descriptor, this::relay);
    }

    private ServerCall.Listener<byte[]> relay(ServerCall<byte[], byte[]> client, Metadata headers) {
      var call = service.newCall(client.getMethodDescriptor(), CallOptions.DEFAULT);
      call.start(new Answer(client), headers);
      call.request(Integer.MAX_VALUE);
      client.request(Integer.MAX_VALUE);
      return new ServerCall.Listener<>() {
        @Override
        public void onMessage(byte[] message) {
          call.sendMessage(message);
        }

        @Override
        public void onHalfClose() {
          call.halfClose();
        }

        @Override
        public void onCancel() {
          call.cancel("the client has gone", null);
        }
      };
    }
  }

  private static final class Answer extends ClientCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> client;

    Answer(ServerCall<byte[], byte[]> client) {
      this.client = client;
    }

    @Override
    public void onHeaders(Metadata headers) {
      client.sendHeaders(headers);
    }

    @Override
    public void onMessage(byte[] message) {
      var method = client.getMethodDescriptor().getFullMethodName();
      client.sendMessage(
          method.endsWith("/Execute") || method.endsWith("OperationService/Get")
              ? planted(message)
              : message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      client.close(status, trailers);
    }

    private static byte[] planted(byte[] message) {
      try {
        var operation = Operation.parseFrom(message);
        return operation.getDescription().equals(USUAL)
            ? operation.toBuilder().setDescription(PLANTED).build().toByteArray()
            : message;
      } catch (InvalidProtocolBufferException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

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
