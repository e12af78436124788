package io.github.datasphere.emulator.fuzz;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a server's process all the time for nothing at all. Where even that takes long, the machine
 * has no time for it, and no answer of that time is late.
 */
final class ProcessWatch implements AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final FuzzedServer server;
  private final Thread thread = new Thread(this::ask, "pulse");
  private volatile boolean isOver;
  private volatile long asked = System.nanoTime();
  private volatile long lastLate;
  private volatile boolean hasBeenLate;

  private ProcessWatch(FuzzedServer server) {
    this.server = server;
  }

  static ProcessWatch start(FuzzedServer server) {
    var pulse = new ProcessWatch(server);
    pulse.thread.start();
    return pulse;
  }

  /** Whether the machine had no time at some moment since then. */
  boolean wasLateSince(long nanoTime) {
    return hasBeenLate && lastLate - nanoTime > 0 || System.nanoTime() - asked > LONG_NANOS;
  }

  @Override
  public void close() throws InterruptedException {
    isOver = true;
    thread.join();
  }

  private void ask() {
    while (!isOver) {
      asked = System.nanoTime();
      LockSupport.parkNanos(PAUSE_NANOS);
      try {
        server.ask("nothing");
      } catch (IOException e) {
        return; // whoever needs an answer is told
      }
      if (System.nanoTime() - asked > LONG_NANOS) {
        lastLate = System.nanoTime();
        hasBeenLate = true;
      }
    }
  }
}
