package io.github.datasphere.emulator.logs;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls writers at regular intervals, on a thread that sleeps while there is no writer to call. */
final class Ticker<W> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

  private final long millis;
  private final Consumer<W> tick;
  private final Set<W> watched = new LinkedHashSet<>();
  private boolean closed;

  private Ticker(long millis, Consumer<W> tick) {
    this.millis = millis;
    this.tick = tick;
  }

  /**
   * Starts one.
   *
   * @param millis between two ticks
   */
  static <W> Ticker<W> start(String thread, long millis, Consumer<W> tick) {
    var ticker = new Ticker<>(millis, tick);
    var worker = new Thread(ticker::work, thread);
    worker.setDaemon(true);
    worker.start();
    return ticker;
  }

  /** Sets whether this writer is called from now on. */
  synchronized void watch(W writer, boolean now) {
    if (!now) {
      watched.remove(writer);
      return;
    }
    if (watched.isEmpty()) {
      notifyAll();
    }
    watched.add(writer);
  }

  /** Ends the thread. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Calls all writers once. */
  void tick() {
    List<W> writers;
    synchronized (this) {
      writers = List.copyOf(watched);
    }
    writers.forEach(this::tick);
  }

  private void work() {
    try {
      while (isDue()) {
        tick();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until there is a writer to call, and then for one tick; false once this is closed. */
  private synchronized boolean isDue() throws InterruptedException {
    do {
      while (watched.isEmpty() && !closed) {
        wait();
      }
      if (!closed) {
        wait(millis);
      }
    } while (watched.isEmpty() && !closed);
    return !closed;
  }

  private void tick(W writer) {
    try {
      tick.accept(writer);
    } catch (RuntimeException e) {
      LOG.error("Output of a job could not be written to its log", e);
    }
  }
}
