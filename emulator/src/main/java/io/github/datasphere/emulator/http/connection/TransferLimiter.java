package io.github.datasphere.emulator.http.connection;

import org.jspecify.annotations.Nullable;

/**
 * Limits how many transfers are in progress at once. The thread of the request carries its transfer
 * out, which is cheapest for a small one. A transfer that has to wait holds no thread, so slow
 * clients do not keep others from being served.
 */
public final class TransferLimiter {
  private final Crowd crowd = new Crowd();
  private int free;

  public TransferLimiter(int most) {
    this.free = most;
  }

  /**
   * Carries this transfer out, and then those that wait. If too many are in progress, leaves it to
   * their threads.
   *
   * @param client the wait of this thread
   */
  public void execute(ClientWait client, Runnable transfer) {
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
      // Whatever this thread died of, the transfers that wait must go on
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
