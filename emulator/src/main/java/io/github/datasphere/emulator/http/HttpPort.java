package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.datasphere.emulator.http.connection.OpenFiles;
import io.github.datasphere.emulator.http.connection.RequestThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;

/** A port of this machine. It serves one emulator after another. */
final class HttpPort implements AutoCloseable {
  /** Many clients may start their uploads at the same moment. */
  private static final int BACKLOG = 1024;

  private static final int MOST_REQUESTS = 256;

  /**
   * More than one address can open to a port of this machine: with Linux's own settings, it has
   * 28,232 ports for that.
   */
  private static final int MOST_CONNECTIONS = 30_000;

  /**
   * How long a connection may say nothing. The JDK counts silent ones among those that it holds, so
   * this is how long a flood of them can keep new clients out; its own 30 s, looked for each 10 s,
   * are much longer. A client of files whose connection was closed while it was idle opens another.
   */
  private static final int SILENT_SECONDS = 10;

  private static final int LOOK_FOR_SILENT_MILLIS = 1_000;

  private static final String ALL = "/";

  private final RequestThreads requests = new RequestThreads(MOST_REQUESTS);
  private final HttpServer server;
  private final String bindAddress;
  private boolean listening;

  static {
    // The JDK reads these once, before its first server; without the first each answer waits 40 ms
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet(
        "jdk.httpserver.maxConnections", Integer.toString(OpenFiles.atMost(MOST_CONNECTIONS)));
    setUnlessSet("sun.net.httpserver.idleInterval", Integer.toString(SILENT_SECONDS));
    setUnlessSet("sun.net.httpserver.clockTick", Integer.toString(LOOK_FOR_SILENT_MILLIS));
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Opens a port.
   *
   * @param port 0 for any free one
   * @throws IOException if it cannot be opened; the message says which, and what to do
   */
  HttpPort(String bindAddress, int port) throws IOException {
    this.bindAddress = bindAddress;
    this.server = open(bindAddress, port);
    server.setExecutor(requests);
  }

  String bindAddress() {
    return bindAddress;
  }

  int number() {
    return server.getAddress().getPort();
  }

  /** Answers requests with this handler from now on. */
  void serve(Handler handler) {
    server.createContext(ALL, exchange -> {
      requests.client().end(0);
      handler.handle(exchange, requests);
    });
    if (!listening) {
      listening = true;
      server.start();
    }
  }

  /** Serves no address from now on; connections and answers in progress stay. */
  void rest() {
    server.removeContext(ALL);
  }

  @Override
  public void close() {
    server.stop(0);
    requests.close();
  }

  /**
   * Answers a request whose head has been read, on the thread that calls it; throws if the exchange
   * broke off.
   */
  @FunctionalInterface
  interface Handler {
    void handle(HttpExchange exchange, RequestThreads threads) throws IOException;
  }

  private static HttpServer open(String bindAddress, int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(bindAddress, port), BACKLOG);
    } catch (SocketException | UnresolvedAddressException e) {
      throw new IOException(
          "The HTTP address "
              + bindAddress
              + ":"
              + port
              + " cannot be opened ("
              + (e.getMessage() == null ? "unknown host" : e.getMessage())
              + "): choose another port with --http-port, 0 for any free one, or another address"
              + " with --bind",
          e);
    }
  }
}
