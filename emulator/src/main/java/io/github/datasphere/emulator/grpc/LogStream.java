package io.github.datasphere.emulator.grpc;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.engine.LogReader;
import io.github.datasphere.emulator.grpc.mapping.LogPageMessage;
import io.github.datasphere.emulator.time.Scheduler;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a log to one client, as fast as that client takes it, until the log has ended. If the
 * stream ended earlier, the official client would stop reading for good (service-behaviour 5.2).
 *
 * <p>Wakes up when the client has room, when there is something to read, and when the call is over.
 * However many of these come at once, one thread at a time works here, so nothing needs a lock.
 *
 * @param <R> the messages that are sent
 */
final class LogStream<R extends Message> {
  /** Many small records are sent together; a large one is sent alone. */
  private static final int MESSAGE_BYTES = 128 << 10;

  private final ServerCallStreamObserver<R> client;
  private final LogReader log;
  private final Supplier<? extends LogPageMessage<R>> newPage;
  private final Executor executor;
  private final AtomicInteger wakeUps = new AtomicInteger();
  private volatile @Nullable Status end;
  private boolean over;
  private Scheduler.@Nullable Cancellable waiting;

  LogStream(
      ServerCallStreamObserver<R> client,
      LogReader log,
      Supplier<? extends LogPageMessage<R>> newPage,
      Executor executor) {
    this.client = client;
    this.log = log;
    this.newPage = newPage;
    this.executor = executor;
  }

  /**
   * Begins.
   *
   * @param onEnd run once, when the stream is over for whatever reason
   */
  void start(Runnable onEnd) {
    client.setOnReadyHandler(this::wake);
    client.setOnCloseHandler(onEnd);
    client.setOnCancelHandler(() -> {
      onEnd.run();
      end(Status.CANCELLED);
    });
    wake();
  }

  /** Breaks the stream off, so that the client knows that more might have come. */
  void end(Status status) {
    end = status;
    wake();
  }

  private void wake() {
    if (wakeUps.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      try {
        work();
      } catch (RuntimeException | Error e) {
        finish(() -> client.onError(e));
      }
      seen = wakeUps.addAndGet(-seen);
    } while (seen > 0);
  }

  private void work() {
    if (over) {
      return;
    }
    stopWaiting();
    while (end == null && client.isReady()) {
      var page = newPage.get();
      var ended = log.read(MESSAGE_BYTES, page);
      if (!page.isEmpty()) {
        client.onNext(page.build(log.position()));
      }
      if (ended) {
        finish(client::onCompleted);
        return;
      }
      if (page.isEmpty()) {
        waiting = log.whenReadable(() -> executor.execute(this::wake));
        return;
      }
    }
    var status = end;
    if (status != null) {
      finish(() -> client.onError(status.asRuntimeException()));
    }
  }

  private void finish(Runnable last) {
    over = true;
    stopWaiting();
    if (!client.isCancelled()) {
      last.run();
    }
  }

  private void stopWaiting() {
    if (waiting != null) {
      waiting.cancel();
      waiting = null;
    }
  }
}
