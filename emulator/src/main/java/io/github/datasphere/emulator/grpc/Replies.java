package io.github.datasphere.emulator.grpc;

import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Sends the answers of the services. */
final class Replies {
  private Replies() {}

  /** Sends one answer; an exception goes to the {@link ErrorInterceptor}. */
  static <T> void answer(StreamObserver<T> reply, Supplier<T> answer) {
    var message = answer.get();
    reply.onNext(message);
    reply.onCompleted();
  }
}
