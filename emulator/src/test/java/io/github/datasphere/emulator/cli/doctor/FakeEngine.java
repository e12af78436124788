package io.github.datasphere.emulator.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers as an engine would, or as none should. */
final class FakeEngine implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Answer> answers = new LinkedHashMap<>();

  private record Answer(int status, String body) {}

  private FakeEngine(HttpServer server) {
    this.server = server;
  }

  /** One that answers 404 to everything. */
  static FakeEngine start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var engine = new FakeEngine(server);
    server.createContext("/", exchange -> {
      var path = exchange.getRequestURI().getPath();
      var answer = engine.answers.entrySet().stream()
          .filter(entry -> path.endsWith(entry.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(new Answer(404, "{\"message\":\"page not found\"}"));
      var body = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    return engine;
  }

  /** The answer to requests whose path ends so. */
  FakeEngine says(String path, int status, String body) {
    answers.put(path, new Answer(status, body));
    return this;
  }

  FakeEngine isVersion(String version, String api) {
    return says(
        "/version",
        200,
        "{\"Version\":\"" + version + "\",\"ApiVersion\":\"" + api + "\",\"Arch\":\"amd64\"}");
  }

  /** As {@code DOCKER_HOST} has it. */
  String host() {
    return "tcp://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
