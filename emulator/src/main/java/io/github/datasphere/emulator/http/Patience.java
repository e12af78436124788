package io.github.datasphere.emulator.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends transfers in which no byte moves any more: a client that is stuck, or vanished without a
 * word, would hold a thread and a half-written file for ever. This is about the wire, so its time
 * is real.
 */
final class Patience implements AutoCloseable {
  private final Set<Progress> underWay = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, task -> Threads.daemon(task, "datasphere-http-patience"));

  private final Future<?> checks;

  /** Waits for a byte at least this long, at most twice as long. */
  Patience(Duration limit) {
    checks = timer.scheduleWithFixedDelay(
        () -> underWay.forEach(Progress::check),
        limit.toMillis(),
        limit.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Watches what the current thread transfers from now on. */
  Progress watch() {
    var progress = new Progress(Thread.currentThread());
    underWay.add(progress);
    return progress;
  }

  @Override
  public void close() {
    checks.cancel(false);
    timer.shutdownNow();
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
      if (!over && moved == seen) {
        thread.interrupt();
      }
      seen = moved;
    }

    @Override
    public void close() {
      underWay.remove(this);
      synchronized (this) {
        over = true;
        // The thread goes on with other transfers: an interrupt just now was not for them
        var ignored = Thread.interrupted();
      }
    }
  }
}
