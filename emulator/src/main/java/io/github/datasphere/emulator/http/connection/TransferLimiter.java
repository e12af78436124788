package io.github.datasphere.emulator.http.connection;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many transfers are in progress at once. The thread of a request carries its transfer
 * out. While it waits for its turn, it does not count among the threads of its port, so slow
 * clients do not keep others from being served.
 */
public final class TransferLimiter implements AutoCloseable {
  private final Crowd crowd = new Crowd();
  private int free;
  private boolean closed;

  public TransferLimiter(int most) {
    this.free = most;
  }

  /** Something that is carried out while it has a place. */
  @FunctionalInterface
  public interface Transfer {
    void run() throws IOException;
  }

  /**
   * Carries this transfer out, after those that came before if too many are in progress.
   *
   * @param threads the current thread must be one of these
   * @throws IOException if the transfer throws it, or if this was closed before its turn
   */
  public void execute(RequestThreads threads, Transfer transfer) throws IOException {
    var turn = begin();
    if (turn != null) {
      threads.aside(turn::join);
    }
    var client = threads.client();
    crowd.enter(client);
    try {
      check();
      transfer.run();
    } finally {
      crowd.leave(client);
      end();
    }
  }

  /** Ends the wait of those that have no place. */
  @Override
  public synchronized void close() {
    closed = true;
    for (var next = crowd.next(); next != null; next = crowd.next()) {
      next.run();
    }
  }

  private synchronized void check() throws ClientGoneException {
    if (closed) {
      throw new ClientGoneException(new IOException("the emulator ends"));
    }
  }

  /** Takes a place; if there is none, returns what is completed once there is. */
  private synchronized @Nullable CompletableFuture<Void> begin() {
    if (free > 0 || closed) {
      free--;
      return null;
    }
    var turn = new CompletableFuture<Void>();
    crowd.queue(() -> turn.complete(null));
    crowd.press();
    return turn;
  }

  private synchronized void end() {
    var next = crowd.next();
    if (next == null) {
      free++;
    } else {
      next.run();
    }
  }
}
