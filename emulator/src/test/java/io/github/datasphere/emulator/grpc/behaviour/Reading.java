package io.github.datasphere.emulator.grpc.behaviour;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A client that reads a stream of logs, and takes either all that comes or as many messages as the
 * test allows.
 *
 * @param <Q> the request
 * @param <R> the messages
 */
final class Reading<Q, R> implements ClientResponseObserver<Q, R> {
  private final int allowed;
  private final List<R> messages = new CopyOnWriteArrayList<>();
  private volatile @Nullable Status end;
  private @Nullable ClientCallStreamObserver<Q> call;

  private Reading(int allowed) {
    this.allowed = allowed;
  }

  static <Q, R> Reading<Q, R> everything() {
    return new Reading<>(Integer.MAX_VALUE);
  }

  /** Takes no message until {@link #take} is called. */
  static <Q, R> Reading<Q, R> onDemand() {
    return new Reading<>(0);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> started) {
    call = started;
    started.disableAutoRequestWithInitial(allowed);
  }

  void take(int count) {
    Objects.requireNonNull(call).request(count);
  }

  void hangUp() {
    Objects.requireNonNull(call).cancel("enough", null);
  }

  List<R> messages() {
    return messages;
  }

  boolean isOpen() {
    return end == null;
  }

  Status end() {
    return Objects.requireNonNull(end, "the stream is still open");
  }

  @Override
  public void onNext(R message) {
    messages.add(message);
  }

  @Override
  public void onError(Throwable error) {
    end = Status.fromThrowable(error);
  }

  @Override
  public void onCompleted() {
    end = Status.OK;
  }
}
