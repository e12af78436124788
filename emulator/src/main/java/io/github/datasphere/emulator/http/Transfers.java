package io.github.datasphere.emulator.http;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * How many transfers may be under way at once. Each is carried out by the thread that its request
 * came on, which costs a small one least; those that have to wait hold no thread meanwhile, so that
 * slow clients keep nobody else from being served.
 */
final class Transfers {
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int free;

  Transfers(int most) {
    this.free = most;
  }

  /** Carries this out, and then what waits; or leaves it to those who are at it. */
  void execute(Runnable transfer) {
    if (begin(transfer)) {
      carryOut(transfer);
    }
  }

  private void carryOut(Runnable first) {
    var next = first;
    try {
      for (; next != null; next = end()) {
        next.run();
      }
    } finally {
      // Of whatever one died, those that wait are not to wait for ever
      if (next != null) {
        next = end();
        if (next != null) {
          carryOut(next);
        }
      }
    }
  }

  private synchronized boolean begin(Runnable transfer) {
    if (free == 0) {
      waiting.add(transfer);
      return false;
    }
    free--;
    return true;
  }

  private synchronized @Nullable Runnable end() {
    var next = waiting.poll();
    if (next == null) {
      free++;
    }
    return next;
  }
}
