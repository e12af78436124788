package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.session.SessionJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Sends what leaves the server through the face. Every answer passes here, with its headers. */
final class Answers {
  private static final String JSON = "application/json";
  private static final int WORTH_PACKING = 16 << 10;

  /**
   * What a page of ours may do. Nothing of it comes from elsewhere, and nothing is inline; no page
   * of others may frame it.
   */
  private static final String OUR_POLICY = "default-src 'none'; script-src 'self';"
      + " style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
      + " form-action 'none'; frame-ancestors 'none'";

  /** What a file of a user may do if a browser shows it: it has an origin of its own. */
  private static final String THEIR_POLICY =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private final FaceJson json = new FaceJson();

  FaceJson json() {
    return json;
  }

  void send(HttpExchange exchange, Message message) throws IOException {
    text(exchange, 200, JSON, json.of(message));
  }

  /** Sends what is no message: it holds nothing of users that has to be masked. */
  static void json(HttpExchange exchange, int status, Map<String, Object> value)
      throws IOException {
    text(exchange, status, JSON, SessionJson.write(value));
  }

  /** Sends a page, script or style of ours. */
  static void ours(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Security-Policy", OUR_POLICY);
    whole(exchange, status, type, content);
  }

  /** Sends text of ours that is no page. */
  static void text(HttpExchange exchange, int status, String type, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Security-Policy", OUR_POLICY);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    whole(exchange, status, type, text.getBytes(UTF_8));
  }

  /**
   * Begins an answer that users or their jobs wrote. Whatever it is, a browser must never take it
   * for a page of ours.
   *
   * @param length in bytes; 0 if it is not known
   */
  static OutputStream theirs(
      HttpExchange exchange, String type, String name, boolean shown, long length)
      throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", THEIR_POLICY);
    headers.set("Content-Disposition", (shown ? "inline" : "attachment") + name(name));
    headers.set("Cache-Control", "no-store");
    common(exchange, type);
    exchange.sendResponseHeaders(200, length);
    return exchange.getResponseBody();
  }

  /** Begins a stream of events. */
  static OutputStream events(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Security-Policy", OUR_POLICY);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    common(exchange, "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  static void nothing(HttpExchange exchange, int status) throws IOException {
    exchange.getRequestBody().close();
    common(exchange, "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, -1);
  }

  private static void whole(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    common(exchange, type);
    // An unread rest would cost the connection
    exchange.getRequestBody().close();
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(status, -1);
    } else if (content.length > WORTH_PACKING && takesGzip(exchange)) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(status, 0);
      try (var packed = new GZIPOutputStream(exchange.getResponseBody())) {
        packed.write(content);
      }
    } else {
      exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
      if (content.length > 0) {
        exchange.getResponseBody().write(content);
      }
    }
  }

  /** On loopback, packing costs more than it saves. */
  private static boolean takesGzip(HttpExchange exchange) {
    var encodings = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    return encodings != null
        && encodings.contains("gzip")
        && !exchange.getRemoteAddress().getAddress().isLoopbackAddress();
  }

  private static void common(HttpExchange exchange, String type) {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  /** Returns a name for the disk of who downloads it: of harmless characters, without a folder. */
  private static String name(String path) {
    var last = path.substring(path.lastIndexOf('/') + 1);
    var plain = last.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "");
    return plain.isEmpty() ? "" : "; filename=\"" + plain + '"';
  }
}
