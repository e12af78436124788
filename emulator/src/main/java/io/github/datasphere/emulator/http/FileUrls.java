package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileGrant.Method;
import io.github.datasphere.emulator.files.UrlSigner;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Answers the signed URLs. */
final class FileUrls {
  private final HttpParts parts;
  private final UploadRoute uploads;
  private final DownloadRoute downloads;

  FileUrls(HttpParts parts) {
    this.parts = parts;
    this.uploads = new UploadRoute(parts.files());
    this.downloads = new DownloadRoute(parts.files());
  }

  /** Returns what the URLs below this path are for; empty if they are no file URLs. */
  static Optional<Method> method(String path) {
    return Arrays.stream(Method.values())
        .filter(method -> path.startsWith(UrlSigner.path(method)))
        .findAny();
  }

  /** Answers a request; this takes as long as the client does. */
  void handle(HttpExchange exchange, Method method) throws IOException {
    var body = exchange.getRequestBody();
    try {
      transfer(exchange, method);
    } catch (IOException | RuntimeException e) {
      HttpErrors.answer(exchange, e);
    }
    // A client that sends all before it listens hears us only when we have read it all
    body.close();
  }

  private void transfer(HttpExchange exchange, Method method) throws IOException {
    if (!isAllowed(exchange.getRequestMethod(), method)) {
      HttpReplies.wrongMethod(exchange, method == Method.PUT ? "PUT" : "GET, HEAD");
      return;
    }
    var grant = parts.signer().verify(exchange.getRequestURI());
    if (grant.isEmpty()) {
      HttpReplies.say(
          exchange,
          403,
          "The signature of this URL is missing or wrong: use the URL exactly as it was given.");
    } else if (!parts.clock().instant().isBefore(grant.get().expires())) {
      HttpReplies.say(
          exchange, 403, "This URL expired at " + grant.get().expires() + ": " + advice(method));
    } else {
      parts
          .interceptor()
          .intercept(exchange, grant.get(), () -> carryOut(exchange, grant.get(), method));
    }
  }

  private void carryOut(HttpExchange exchange, FileGrant grant, Method method) throws IOException {
    switch (method) {
      case PUT -> uploads.handle(exchange, grant);
      case GET -> downloads.handle(exchange, grant);
    }
  }

  private static String advice(Method method) {
    return switch (method) {
      case PUT -> "create the job again to get a new one.";
      case GET -> "call DownloadJobFiles to get a new one.";
    };
  }

  private static boolean isAllowed(String requestMethod, Method method) {
    return switch (method) {
      case PUT -> requestMethod.equals("PUT");
      case GET -> requestMethod.equals("GET") || requestMethod.equals("HEAD");
    };
  }
}
