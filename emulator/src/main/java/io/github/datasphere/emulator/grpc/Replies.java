package io.github.datasphere.emulator.grpc;

import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** How the services answer. */
final class Replies {
  private Replies() {}

  /** One answer; what is thrown instead goes to the {@link ErrorInterceptor}. */
  static <T> void answer(StreamObserver<T> reply, Supplier<T> answer) {
    var message = answer.get();
    reply.onNext(message);
    reply.onCompleted();
  }
}
