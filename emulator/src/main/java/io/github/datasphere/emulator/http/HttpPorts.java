package io.github.datasphere.emulator.http;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Gives emulators their HTTP ports. The next emulator reuses an open port that an earlier one has
 * left, since to open and close a port with its threads costs a test as much as its downloads. Two
 * emulators never have the same port at a time, and a URL of one is useless at another, since each
 * signs with its own key.
 */
public final class HttpPorts implements AutoCloseable {
  private final int most;
  private final Deque<HttpPort> left = new ArrayDeque<>();
  private boolean closed;

  /**
   * Begins without a port.
   *
   * @param most how many ports wait for the next emulator; further ones are closed when they are
   *     left
   */
  public HttpPorts(int most) {
    this.most = most;
  }

  /**
   * Returns a port for this emulator alone.
   *
   * @throws IOException if the port cannot be opened; the message says which, and what to do
   */
  HttpPort take(HttpSettings settings) throws IOException {
    var used = settings.port() == 0 ? takeLeft(settings.bindAddress()) : null;
    return used == null ? new HttpPort(settings.bindAddress(), settings.port()) : used;
  }

  /** Takes a port back that its emulator no longer needs. */
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
