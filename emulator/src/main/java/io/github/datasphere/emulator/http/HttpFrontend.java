package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server. It listens from {@link #start} on, or from the first time that somebody asks for
 * its address: a test that transfers no file opens no port.
 */
public final class HttpFrontend implements AutoCloseable {
  /** Many clients may start their uploads at the same moment. */
  private static final int BACKLOG = 1024;
  /** Only a client that stops within its headers holds such a thread for long, or a transfer. */
  private static final int MOST_REQUESTS = 256;

  /** Long enough for a disk that flushes gigabytes, and for a look around in a debugger. */
  private static final Duration STALL_LIMIT = Duration.ofMinutes(5);

  private final HttpSettings settings;
  private final HttpParts parts;
  private final Duration stallLimit;
  private final ExecutorService requests = Threads.pool("datasphere-http", MOST_REQUESTS);
  private @Nullable HttpServer server;
  private @Nullable Routes routes;
  private boolean closed;

  static {
    // Read once by the JDK, before its first server: without it each answer waits 40 ms
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  /** Opens no port yet. */
  public HttpFrontend(HttpSettings settings, HttpParts parts) {
    this(settings, parts, STALL_LIMIT);
  }

  HttpFrontend(HttpSettings settings, HttpParts parts, Duration stallLimit) {
    this.settings = settings;
    this.parts = parts;
    this.stallLimit = stallLimit;
  }

  /**
   * Listens, if it does not yet.
   *
   * @throws IOException if the port cannot be had; the message says which, and what to do
   * @throws IllegalStateException if it is closed
   */
  public void start() throws IOException {
    running();
  }

  /** Where clients find it, such as {@code http://127.0.0.1:9099}; starts it if need be. */
  public URI baseUri() {
    var host = settings.advertisedHost();
    var literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    try {
      return URI.create("http://" + literal + ":" + running().getAddress().getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Ends at once: transfers under way break off. */
  @Override
  public synchronized void close() {
    closed = true;
    if (server != null) {
      server.stop(0);
    }
    requests.shutdownNow();
    if (routes != null) {
      routes.close();
    }
  }

  private synchronized HttpServer running() throws IOException {
    if (closed) {
      throw new IllegalStateException("the emulator's HTTP server is closed");
    }
    if (server == null) {
      server = listen();
      server.setExecutor(requests);
      routes = new Routes(settings, parts, stallLimit);
      server.createContext("/", routes::handle);
      server.start();
    }
    return server;
  }

  private HttpServer listen() throws IOException {
    var address = new InetSocketAddress(settings.bindAddress(), settings.port());
    try {
      return HttpServer.create(address, BACKLOG);
    } catch (SocketException | UnresolvedAddressException e) {
      throw new IOException(
          "The HTTP address "
              + settings.bindAddress()
              + ":"
              + settings.port()
              + " cannot be opened ("
              + (e.getMessage() == null ? "unknown host" : e.getMessage())
              + "): choose another port with --http-port, 0 for any free one, or another address"
              + " with --bind",
          e);
    }
  }
}
