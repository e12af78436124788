package io.github.datasphere.emulator.grpc;

import io.github.datasphere.emulator.grpc.interception.ErrorInterceptor;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Sends the answers of the services. */
final class GrpcReplies {
  private GrpcReplies() {}

  /** Sends one answer; an exception goes to the {@link ErrorInterceptor}. */
  static <T> void answer(StreamObserver<T> reply, Supplier<T> answer) {
    var message = answer.get();
    reply.onNext(message);
    reply.onCompleted();
  }
}
