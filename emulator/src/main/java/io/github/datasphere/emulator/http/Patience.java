package io.github.datasphere.emulator.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends transfers in which no byte moves any more: a client that is stuck, or vanished without a
 * word, would hold a thread and a half-written file for ever. This is about the wire, so its time
 * is real.
 */
final class Patience implements AutoCloseable {
  private final Duration limit;
  private final Set<Progress> underWay = new HashSet<>();
  private @Nullable CompletableFuture<?> nextCheck;
  private boolean closed;

  /** Waits for a byte at least this long, at most twice as long. */
  Patience(Duration limit) {
    this.limit = limit;
  }

  /** Watches what the current thread transfers from now on. */
  synchronized Progress watch() {
    var progress = new Progress(Thread.currentThread());
    underWay.add(progress);
    if (closed) {
      progress.breakOff();
    }
    if (nextCheck == null) {
      checkLater();
    }
    return progress;
  }

  /** By the JDK's own timer: one of ours would be a thread more for each emulator. */
  private void checkLater() {
    if (!closed) {
      var wait = new CompletableFuture<Void>();
      var ignored = wait.thenRun(this::check);
      nextCheck = wait.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void check() {
    underWay.forEach(Progress::check);
    nextCheck = null;
    if (!underWay.isEmpty()) {
      checkLater();
    }
  }

  private synchronized void forget(Progress progress) {
    underWay.remove(progress);
  }

  /** Breaks off what is under way. */
  @Override
  public synchronized void close() {
    closed = true;
    underWay.forEach(Progress::breakOff);
    if (nextCheck != null) {
      nextCheck.cancel(false);
    }
  }

  /** How far one transfer is; its thread is interrupted when it stands still. */
  final class Progress implements AutoCloseable {
    private final Thread thread;
    private long moved;
    private long seen = -1;
    private boolean over;

    private Progress(Thread thread) {
      this.thread = thread;
    }

    synchronized void moved(int bytes) {
      moved += bytes;
    }

    private synchronized void check() {
      if (moved == seen) {
        breakOff();
      }
      seen = moved;
    }

    private synchronized void breakOff() {
      if (!over) {
        thread.interrupt();
      }
    }

    @Override
    public void close() {
      forget(this);
      synchronized (this) {
        over = true;
        // The thread goes on with other transfers: an interrupt just now was not for them
        var ignored = Thread.interrupted();
      }
    }
  }
}
