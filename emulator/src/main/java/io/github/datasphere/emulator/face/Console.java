package io.github.datasphere.emulator.face;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The console: its pages, scripts and styles, and the way in. */
final class Console {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String FOLDER = "/io/github/datasphere/emulator/console/";
  private static final Map<String, String> TYPES = Map.of(
      "html", HTML,
      "js", "text/javascript; charset=utf-8",
      "css", "text/css; charset=utf-8",
      "svg", "image/svg+xml",
      "json", "application/json");

  private static final String OUTSIDE = """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>DataSphere Jobs Emulator</title></head>
      <body>
      <h1>DataSphere Jobs Emulator</h1>
      <p>%s</p>
      <p>Run <code>datasphere-emulator console</code> where the server runs, and open the link that it prints.</p>
      </body>
      </html>
      """;

  private final FaceAccess access;
  private final Runnable firstLook;

  /**
   * Makes the console.
   *
   * @param firstLook runs whenever the console is opened
   */
  Console(FaceAccess access, Runnable firstLook) {
    this.access = access;
    this.firstLook = firstLook;
  }

  /** Lets a browser in that brings a code. */
  void login(HttpExchange exchange) throws IOException {
    var code = new Request(exchange, Map.of()).text("code");
    var cookie = code.flatMap(access::redeem);
    if (cookie.isPresent()) {
      exchange.getResponseHeaders().set("Set-Cookie", cookie.get());
    } else if (!access.hasCookie(exchange)) {
      page(exchange, "This link was used before, or is of another server.");
      return;
    }
    exchange.getResponseHeaders().set("Location", "/");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    Answers.nothing(exchange, 303);
  }

  /** Tells a browser that was not let in what to do. */
  void refuse(HttpExchange exchange) throws IOException {
    page(exchange, "This browser was not let in yet.");
  }

  private static void page(HttpExchange exchange, String says) throws IOException {
    exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
    Answers.text(exchange, 401, HTML, OUTSIDE.formatted(says));
  }

  void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    var file = resource(path.equals("/") ? "index.html" : path.substring(1));
    if (file.isEmpty()) {
      Answers.text(
          exchange,
          404,
          "text/plain; charset=utf-8",
          "There is nothing here; the console is at /.\n");
      return;
    }
    if (path.equals("/")) {
      // Calls and events are noted from the first look on
      firstLook.run();
    }
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    Answers.ours(exchange, 200, type(path), file.get());
  }

  /** Sends the description of the face's routes. */
  static void openApi(HttpExchange exchange) throws IOException {
    try (var content = Console.class.getResourceAsStream("openapi.json")) {
      if (content == null) {
        throw new IOException("openapi.json is missing in the emulator's jar");
      }
      Answers.ours(exchange, 200, "application/json", content.readAllBytes());
    }
  }

  private static String type(String path) {
    return TYPES.getOrDefault(
        path.equals("/") ? "html" : path.substring(path.lastIndexOf('.') + 1), "text/plain");
  }

  /** Returns a file of the console; only those that it has, so no path leads elsewhere. */
  private static Optional<byte[]> resource(String name) throws IOException {
    if (!name.matches("[a-z0-9-]+(/[a-z0-9-]+)*\\.(html|js|css|svg)")) {
      return Optional.empty();
    }
    try (var content = Console.class.getResourceAsStream(FOLDER + name)) {
      return content == null ? Optional.empty() : Optional.of(content.readAllBytes());
    }
  }
}
