package io.github.datasphere.emulator.http.connection;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends exchanges whose client moves no more bytes: a client that is stuck or has vanished would
 * hold a thread and a half-written file for ever. Uses real time, since this is about the network.
 */
public final class StallDetector implements AutoCloseable {
  private final Duration limit;
  private final Looks looks = new Looks(1, 1);
  private final Set<ClientWait> underWay = new HashSet<>();
  private @Nullable CompletableFuture<?> nextCheck;
  private boolean closed;

  /** Waits for a byte at least this long, and at most twice as long. */
  public StallDetector(Duration limit) {
    this.limit = limit;
  }

  /** Watches this client from now on. */
  public synchronized void watch(ClientWait client) {
    underWay.add(client);
    if (closed) {
      client.breakOff();
    }
    if (nextCheck == null) {
      checkLater();
    }
  }

  public synchronized void forget(ClientWait client) {
    underWay.remove(client);
  }

  /** Sets the JDK's own timer, since one of ours would cost each emulator another thread. */
  private void checkLater() {
    if (!closed) {
      var wait = new CompletableFuture<Void>();
      var ignored = wait.thenRun(this::check);
      nextCheck = wait.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void check() {
    looks.slow(underWay).forEach(ClientWait::breakOff);
    nextCheck = null;
    if (!underWay.isEmpty()) {
      checkLater();
    }
  }

  /** Breaks off the exchanges in progress. */
  @Override
  public synchronized void close() {
    closed = true;
    underWay.forEach(ClientWait::breakOff);
    if (nextCheck != null) {
      nextCheck.cancel(false);
    }
  }
}
