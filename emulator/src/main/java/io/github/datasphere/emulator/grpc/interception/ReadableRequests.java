package io.github.datasphere.emulator.grpc.interception;

import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets messages that cannot be parsed reach the interceptors, as {@link Unreadable}. Otherwise
 * grpc-java answers them with {@code UNKNOWN} before it calls any interceptor.
 */
public final class ReadableRequests {
  private ReadableRequests() {}

  public static ServerServiceDefinition of(ServerServiceDefinition service) {
    var methods = service.getMethods().stream().map(ReadableRequests::of).toList();
    var descriptor = ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
        .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    var readable = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(readable::addMethod);
    return readable.build();
  }

  private static <Q, R> ServerMethodDefinition<Object, R> of(ServerMethodDefinition<Q, R> method) {
    var descriptor = method.getMethodDescriptor();
    var requests = new Requests<>(descriptor.getRequestMarshaller());
    MethodDescriptor<Object, R> readable =
        descriptor.toBuilder(requests, descriptor.getResponseMarshaller()).build();
    return ServerMethodDefinition.create(readable, new Untyped<>(method.getServerCallHandler()));
  }

  /** The handler. It gets only messages of type Q, since the interceptor removes the others. */
  private record Untyped<Q, R>(ServerCallHandler<Q, R> handler)
      implements ServerCallHandler<Object, R> {
    @Override
    @SuppressWarnings("unchecked")
    public ServerCall.Listener<Object> startCall(ServerCall<Object, R> call, Metadata headers) {
      var listener = handler.startCall((ServerCall<Q, R>) (ServerCall<?, R>) call, headers);
      return (ServerCall.Listener<Object>) (ServerCall.Listener<?>) listener;
    }
  }

  private record Requests<Q>(Marshaller<Q> marshaller) implements Marshaller<Object> {
    @Override
    @SuppressWarnings("unchecked")
    public InputStream stream(Object value) {
      return marshaller.stream((Q) value);
    }

    @Override
    public Object parse(InputStream stream) {
      if (stream.markSupported()) {
        stream.mark(Integer.MAX_VALUE);
      }
      try {
        return marshaller.parse(stream);
      } catch (RuntimeException e) {
        return new Unreadable(stream.markSupported() ? invalidText(stream) : "");
      }
    }

    private String invalidText(InputStream stream) {
      try {
        stream.reset();
        return marshaller instanceof PrototypeMarshaller<?> known
                && known.getMessagePrototype() instanceof Message message
            ? InvalidText.find(stream.readAllBytes(), message.getDescriptorForType())
            : "";
      } catch (IOException e) {
        return "";
      }
    }
  }
}
