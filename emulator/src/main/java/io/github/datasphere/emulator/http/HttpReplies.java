package io.github.datasphere.emulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.http.connection.ClientGoneException;
import io.github.datasphere.emulator.job.ErrorCode;
import java.io.IOException;

/** Sends complete answers. */
final class HttpReplies {
  static final String TEXT = "text/plain; charset=utf-8";
  static final String HTML = "text/html; charset=utf-8";
  static final String JSON = "application/json";

  private static final String FACE = "/api/";

  private HttpReplies() {}

  /** Answers with a sentence; below the HTTP and JSON face with an error as that tells them. */
  static void say(HttpExchange exchange, int status, String sentence) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    if (path != null && path.startsWith(FACE)) {
      send(
          exchange,
          status,
          JSON,
          "{\"error\":{\"code\":\"" + code(status) + "\",\"message\":\"" + escaped(sentence)
              + "\"}}");
    } else {
      send(exchange, status, TEXT, sentence + "\n");
    }
  }

  private static ErrorCode code(int status) {
    return switch (status) {
      case 400, 405, 413 -> ErrorCode.INVALID_ARGUMENT;
      case 401 -> ErrorCode.UNAUTHENTICATED;
      case 403, 421 -> ErrorCode.PERMISSION_DENIED;
      case 404 -> ErrorCode.NOT_FOUND;
      case 409 -> ErrorCode.FAILED_PRECONDITION;
      case 503 -> ErrorCode.UNAVAILABLE;
      case 507 -> ErrorCode.RESOURCE_EXHAUSTED;
      default -> ErrorCode.INTERNAL;
    };
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
  }

  static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
    var bytes = text.getBytes(UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("X-Content-Type-Options", "nosniff");
    if (exchange.getRequestMethod().equals("HEAD")) {
      sendHead(exchange, status, bytes.length);
    } else {
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
    }
  }

  /** Answers HEAD as if there were this much content. */
  static void sendHead(HttpExchange exchange, int status, long length) throws IOException {
    exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
    sendNothing(exchange, status);
  }

  /** Answers without content. */
  static void sendNothing(HttpExchange exchange, int status) throws IOException {
    // The JDK drops the connection if the request is not read to its end at this moment
    try {
      exchange.getRequestBody().close();
    } catch (IOException e) {
      // This is not the emulator's fault: the rest of the body is malformed
      throw new ClientGoneException(e);
    }
    exchange.sendResponseHeaders(status, -1);
  }

  static void wrongMethod(HttpExchange exchange, String allowed) throws IOException {
    exchange.getResponseHeaders().set("Allow", allowed);
    say(
        exchange,
        405,
        "The method " + exchange.getRequestMethod() + " is not possible here: use " + allowed
            + ".");
  }
}
