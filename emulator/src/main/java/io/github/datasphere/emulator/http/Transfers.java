package io.github.datasphere.emulator.http;

import org.jspecify.annotations.Nullable;

/**
 * How many transfers may be under way at once. Each is carried out by the thread that its request
 * came on, which costs a small one least; those that have to wait hold no thread meanwhile, so that
 * slow clients keep nobody else from being served.
 */
final class Transfers {
  private final Crowd crowd = new Crowd();
  private int free;

  Transfers(int most) {
    this.free = most;
  }

  /**
   * Carries this out, and then what waits; or leaves it to those who are at it.
   *
   * @param client the wait of this thread
   */
  void execute(ClientWait client, Runnable transfer) {
    if (begin(transfer)) {
      crowd.enter(client);
      try {
        carryOut(transfer);
      } finally {
        crowd.leave(client);
      }
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
      crowd.queue(transfer);
      crowd.press();
      return false;
    }
    free--;
    return true;
  }

  private synchronized @Nullable Runnable end() {
    var next = crowd.next();
    if (next == null) {
      free++;
    }
    return next;
  }
}
