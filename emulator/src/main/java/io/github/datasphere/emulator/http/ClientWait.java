package io.github.datasphere.emulator.http;

import java.io.IOException;

/**
 * How one thread waits for its client. It can be broken off while it does, and only then: a thread
 * that is interrupted at another moment would close the database or the file that it has open.
 */
final class ClientWait {
  private final Thread thread = Thread.currentThread();
  private boolean waiting;
  private boolean over;
  private long moved;

  /** The current thread serves another client from now on. */
  synchronized void renew() {
    over = false;
  }

  /**
   * The client is waited for from now on.
   *
   * @throws ClientGoneException if that was broken off
   */
  synchronized void begin() throws ClientGoneException {
    if (over) {
      throw new ClientGoneException(new IOException("broken off by the server"));
    }
    waiting = true;
  }

  /**
   * The wait is over.
   *
   * @param bytes how many came or went meanwhile
   */
  synchronized void end(int bytes) {
    waiting = false;
    moved += Math.max(0, bytes);
    if (over) {
      // It has done what it was for
      var ignored = Thread.interrupted();
    }
  }

  /** The client is not waited for any more; its connection is closed if it is now. */
  synchronized void breakOff() {
    over = true;
    if (waiting) {
      thread.interrupt();
    }
  }

  /** How it looks just now. */
  synchronized Sight sight() {
    return new Sight(waiting && !over, moved);
  }

  /**
   * One look at it.
   *
   * @param moved bytes since it began
   */
  record Sight(boolean waiting, long moved) {}
}
