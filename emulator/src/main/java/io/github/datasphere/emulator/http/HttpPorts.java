package io.github.datasphere.emulator.http;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where emulators get their HTTP ports. What one has left, open, is the next one's: to open a port
 * with its threads and to close it costs a test as much as its downloads. No two have the same port
 * at a time, and a URL of one is of no use at another, as each signs with a key of its own.
 */
public final class HttpPorts implements AutoCloseable {
  private final int most;
  private final Deque<HttpPort> left = new ArrayDeque<>();
  private boolean closed;

  /**
   * Has none yet.
   *
   * @param most how many wait for the next emulator; more are closed when they are left
   */
  public HttpPorts(int most) {
    this.most = most;
  }

  /**
   * One for this emulator alone.
   *
   * @throws IOException if the port cannot be had; the message says which, and what to do
   */
  HttpPort take(HttpSettings settings) throws IOException {
    var used = settings.port() == 0 ? takeLeft(settings.bindAddress()) : null;
    return used == null ? new HttpPort(settings.bindAddress(), settings.port()) : used;
  }

  /** It needs it no more. */
  void leave(HttpPort port) {
    if (!keep(port)) {
      port.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    left.forEach(HttpPort::close);
    left.clear();
  }

  private synchronized @Nullable HttpPort takeLeft(String bindAddress) {
    var port = left.peek();
    return port != null && port.bindAddress().equals(bindAddress) ? left.pop() : null;
  }

  private synchronized boolean keep(HttpPort port) {
    if (closed || left.size() >= most) {
      return false;
    }
    port.rest();
    left.push(port);
    return true;
  }
}
