package io.github.datasphere.emulator.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers as an engine would, or as none should. */
public final class FakeEngine implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();

  private FakeEngine(HttpServer server) {
    this.server = server;
  }

  /** One that answers 404 to everything. */
  public static FakeEngine start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var engine = new FakeEngine(server);
    server.setExecutor(engine.threads);
    server.createContext("/", engine::answer);
    server.start();
    return engine;
  }

  /** The answer to requests whose path ends so. */
  public FakeEngine says(String path, int status, String body) {
    return does(path, exchange -> send(exchange, status, body));
  }

  /** The same, with more to it. */
  public FakeEngine does(String path, HttpHandler handler) {
    answers.put(path, handler);
    return this;
  }

  public FakeEngine isVersion(String version, String api) {
    return says(
        "/version",
        200,
        "{\"Version\":\"" + version + "\",\"ApiVersion\":\"" + api + "\",\"Arch\":\"amd64\"}");
  }

  /** As {@code DOCKER_HOST} has it. */
  public String host() {
    return "tcp://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      answers.entrySet().stream()
          .filter(entry -> path.endsWith(entry.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(unknown -> send(unknown, 404, "{\"message\":\"page not found\"}"))
          .handle(exchange);
    }
  }

  /** One whole answer. */
  static void send(HttpExchange exchange, int status, String text) throws IOException {
    var body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
