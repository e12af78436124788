package io.github.datasphere.emulator.face;

import com.sun.net.httpserver.HttpExchange;
import io.grpc.Status;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams of events that clients listen to. Each holds a thread, so there are not too many. */
final class EventStreams implements AutoCloseable {
  private static final int MOST = 100;

  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Begins a stream; the caller closes it. */
  EventStream open(HttpExchange exchange) throws IOException {
    if (open.size() >= MOST) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription(
              MOST + " clients listen already; close one of them, such as a page of the console")
          .asRuntimeException();
    }
    var stream = new EventStream(exchange, () -> closed, this::over);
    open.add(stream);
    return stream;
  }

  private void over(EventStream stream) {
    open.remove(stream);
  }

  /** Lets all of them look whether there is something to send. */
  void wakeAll() {
    open.forEach(EventStream::wake);
  }

  /** Ends all. */
  @Override
  public void close() {
    closed = true;
    wakeAll();
  }
}
