package io.github.datasphere.emulator.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The files that are on their way, and what became of those that broke; for several threads. */
final class OnTheWay {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<String> broken = new ArrayList<>();
  private int count;
  private boolean isOver;

  /** One of them, until it has arrived. */
  interface One extends AutoCloseable {
    @Override
    void close();
  }

  One begin() {
    lock.lock();
    try {
      count++;
      return this::arrive;
    } finally {
      lock.unlock();
    }
  }

  private void arrive() {
    lock.lock();
    try {
      count--;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Notes that one was not moved whole. */
  void broke(Exception cause) {
    lock.lock();
    try {
      broken.add(
          isOver
              ? "A file was still on its way when the recording ended."
              : "A file was not moved whole: " + cause);
    } finally {
      lock.unlock();
    }
  }

  /** Returns a sentence for each that was not moved whole. */
  List<String> broken() {
    lock.lock();
    try {
      return List.copyOf(broken);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all have arrived, but no longer than this. */
  void await(Duration time) {
    lock.lock();
    try {
      for (long left = time.toNanos(); count > 0 && left > 0; ) {
        left = arrived.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Says that what is still there will be broken off. */
  void end() {
    lock.lock();
    try {
      isOver = true;
    } finally {
      lock.unlock();
    }
  }
}
