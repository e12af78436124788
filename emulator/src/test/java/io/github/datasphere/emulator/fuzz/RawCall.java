package io.github.datasphere.emulator.fuzz;

import com.google.protobuf.Descriptors.MethodDescriptor;
import io.github.datasphere.emulator.grpc.RawBytes;
import io.grpc.MethodDescriptor.MethodType;

/** A call that reflection has told of, whose messages are bytes, so that any can be sent. */
final class RawCall {
  private RawCall() {}

  static io.grpc.MethodDescriptor<byte[], byte[]> of(MethodDescriptor call) {
    var type = call.isClientStreaming()
        ? MethodType.BIDI_STREAMING
        : call.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY;
    return io.grpc.MethodDescriptor.newBuilder(RawBytes.INSTANCE, RawBytes.INSTANCE)
        .setType(type)
        .setFullMethodName(call.getService().getFullName() + "/" + call.getName())
        .build();
  }
}
