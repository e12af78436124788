package io.github.datasphere.emulator.base;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Holds what a start has opened so far. If the start fails, all of it is closed again, the last
 * first. That holds for every kind of failure, also for a missing class.
 */
public final class Opened implements AutoCloseable {
  private final Deque<Runnable> closings = new ArrayDeque<>();

  public <T> T add(T part, Consumer<? super T> close) {
    closings.push(() -> close.accept(part));
    return part;
  }

  /** Notes that the start has succeeded, so nothing is closed. */
  public void keep() {
    closings.clear();
  }

  @Override
  public void close() {
    RuntimeException first = null;
    while (!closings.isEmpty()) {
      try {
        closings.pop().run();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
