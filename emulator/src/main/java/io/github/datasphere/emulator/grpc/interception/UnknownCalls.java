package io.github.datasphere.emulator.grpc.interception;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls that no service has. gRPC's own answer contains the name as it came; if that is too
 * long for a header, clients see {@code RESOURCE_EXHAUSTED} instead.
 */
public final class UnknownCalls extends HandlerRegistry {
  private static final int LONGEST_NAME = 200;

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
    var descriptor = MethodDescriptor.newBuilder(Nothing.INSTANCE, Nothing.INSTANCE)
        .setType(MethodDescriptor.MethodType.UNKNOWN)
        .setFullMethodName(method)
        .build();
    return ServerMethodDefinition.create(descriptor, (call, headers) -> {
      call.close(refusal(method), new Metadata());
      return new ServerCall.Listener<>() {};
    });
  }

  static Status refusal(String method) {
    return Status.UNIMPLEMENTED.withDescription("The emulator has no "
        + GrpcErrors.clip(method, LONGEST_NAME)
        + ": it emulates what clients of jobs need");
  }

  private enum Nothing implements Marshaller<String> {
    INSTANCE;

    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public String parse(InputStream stream) {
      return "";
    }
  }
}
