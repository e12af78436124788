package io.github.datasphere.emulator.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the threads of the server. */
final class Threads {
  private static final long IDLE_SECONDS = 10;

  private Threads() {}

  /**
   * As many threads as are busy at once, up to {@code most}; what is more waits. None when idle.
   */
  static ExecutorService pool(String name, int most) {
    var count = new AtomicInteger();
    var waiting = new IdleFirst();
    return new ThreadPoolExecutor(
        0,
        most,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        waiting,
        task -> daemon(task, name + "-" + count.incrementAndGet()),
        (task, pool) -> {
          if (!pool.isShutdown()) {
            waiting.keep(task);
          }
        });
  }

  static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Takes a task only if a thread is idle: else the pool makes one more, as long as it may. */
  private static final class IdleFirst extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }

    void keep(Runnable task) {
      super.offer(task);
    }
  }
}
