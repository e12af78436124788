package io.github.datasphere.emulator.http.connection;

import java.io.IOException;

/**
 * The wait of a thread for its client. It can be broken off only during the wait: a thread that is
 * interrupted at another moment would close the database or the file that it has open.
 */
public final class ClientWait {
  private final Thread thread = Thread.currentThread();
  private boolean waiting;
  private boolean over;
  private long moved;
  private long served;

  /** Notes that the current thread serves another client from now on. */
  public synchronized void renew() {
    over = false;
    moved = 0;
    served++;
  }

  /**
   * Begins to wait for the client.
   *
   * @throws ClientGoneException if the wait was broken off
   */
  synchronized void begin() throws ClientGoneException {
    if (over) {
      throw new ClientGoneException(new IOException("broken off by the server"));
    }
    waiting = true;
  }

  /**
   * Ends the wait.
   *
   * @param bytes how many bytes came or went meanwhile
   */
  public synchronized void end(int bytes) {
    waiting = false;
    moved += Math.max(0, bytes);
    if (over) {
      // The interrupt has done its work
      var ignored = Thread.interrupted();
    }
  }

  /** Breaks the wait off. If the client is being waited for now, its connection is closed. */
  synchronized void breakOff() {
    over = true;
    if (waiting) {
      thread.interrupt();
    }
  }

  /** Returns how the wait looks at this moment. */
  synchronized Sight sight() {
    return new Sight(served, waiting && !over, moved);
  }

  /**
   * The state of a wait at one moment.
   *
   * @param served how many clients the thread has served, this one among them
   * @param moved bytes since it began
   */
  record Sight(long served, boolean waiting, long moved) {}
}
