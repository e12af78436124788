package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Sends events to one client, as browsers read them, until it is gone. */
final class EventStream implements AutoCloseable {
  /** A client that is gone is noticed at a write. */
  private static final int HEARTBEAT_SECONDS = 10;

  private final OutputStream out;
  private final Semaphore wakeUps = new Semaphore(0);
  private final BooleanSupplier isClosed;
  private final Consumer<EventStream> over;

  /**
   * Begins a stream.
   *
   * @param isClosed whether no stream goes on
   * @param over takes this stream when it has ended
   */
  EventStream(HttpExchange exchange, BooleanSupplier isClosed, Consumer<EventStream> over)
      throws IOException {
    this.isClosed = isClosed;
    this.over = over;
    this.out = Answers.events(exchange);
    // Browsers try again after so many milliseconds
    out.write("retry: 1000\n\n".getBytes(UTF_8));
    out.flush();
  }

  /** Sends an event; {@code data} is one line. */
  void send(String event, String id, String data) throws IOException {
    out.write(("id: " + id + "\nevent: " + event + "\ndata: " + data + "\n\n").getBytes(UTF_8));
    out.flush();
  }

  /** Ends the next wait, or the current one. */
  void wake() {
    wakeUps.release();
  }

  /** Waits until there may be something to send; throws if the client is gone. */
  void await() throws IOException {
    try {
      if (!wakeUps.tryAcquire(HEARTBEAT_SECONDS, TimeUnit.SECONDS)) {
        out.write(":\n\n".getBytes(UTF_8));
        out.flush();
      }
      wakeUps.drainPermits();
      if (isClosed.getAsBoolean()) {
        throw new IOException("the emulator ends");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server ends", e);
    }
  }

  @Override
  public void close() throws IOException {
    over.accept(this);
    out.close();
  }
}
