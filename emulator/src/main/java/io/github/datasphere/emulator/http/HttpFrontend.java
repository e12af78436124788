package io.github.datasphere.emulator.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server. It listens from {@link #start} on, or from the first call that asks for its
 * address. So a test that transfers no file opens no port.
 */
public final class HttpFrontend implements AutoCloseable {
  /** Long enough for a disk that flushes gigabytes, and for a user who stops in a debugger. */
  private static final Duration STALL_LIMIT = Duration.ofMinutes(5);

  private final HttpSettings settings;
  private final HttpParts parts;
  private final Duration stallLimit;
  private final HttpPorts ports;
  private @Nullable HttpPort port;
  private @Nullable HttpRoutes routes;
  private boolean closed;

  /** Makes the server; it opens no port yet. */
  public HttpFrontend(HttpSettings settings, HttpParts parts, HttpPorts ports) {
    this(settings, parts, ports, STALL_LIMIT);
  }

  HttpFrontend(HttpSettings settings, HttpParts parts, HttpPorts ports, Duration stallLimit) {
    this.settings = settings;
    this.ports = ports;
    this.parts = parts;
    this.stallLimit = stallLimit;
  }

  /**
   * Begins to listen, unless it does already.
   *
   * @throws IOException if the port cannot be opened; the message says which, and what to do
   * @throws IllegalStateException if it is closed
   */
  public void start() throws IOException {
    running();
  }

  /**
   * Returns where clients find it, such as {@code http://127.0.0.1:9099}; starts it first if
   * necessary.
   */
  public URI baseUri() {
    var host = settings.advertisedHost();
    var literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    try {
      return URI.create("http://" + literal + ":" + running().number());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Ends at once: transfers in progress break off. */
  @Override
  public synchronized void close() {
    closed = true;
    if (routes != null) {
      routes.close();
    }
    if (port != null) {
      ports.leave(port);
    }
  }

  private synchronized HttpPort running() throws IOException {
    if (closed) {
      throw new IllegalStateException("the emulator's HTTP server is closed");
    }
    if (port == null) {
      // Do first what may fail: a server of the JDK that was never started keeps its socket
      var made = new HttpRoutes(settings, parts, stallLimit);
      port = ports.take(settings);
      routes = made;
      port.serve(made::handle);
    }
    return port;
  }
}
