package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;

/** Which path is answered by whom. */
final class Routes implements AutoCloseable {
  private static final int MOST_TRANSFERS = 64;

  private final HostGuard guard;
  private final FileUrls files;
  private final MetadataToken token;
  private final StatusPage page;
  private final Patience patience;
  private final Transfers transfers = new Transfers(MOST_TRANSFERS);

  Routes(HttpSettings settings, HttpParts parts, Duration stallLimit) {
    this.guard = new HostGuard(settings);
    this.patience = new Patience(stallLimit);
    this.files = new FileUrls(parts, patience);
    this.token = new MetadataToken(parts.tokens());
    this.page = new StatusPage(parts.jobs(), parts.tokens());
  }

  void handle(HttpExchange exchange) {
    var transfer = FileUrls.method(exchange.getRequestURI().getRawPath());
    if (transfer.isPresent()) {
      transfers.execute(() -> answer(exchange, e -> files.handle(e, transfer.get())));
    } else {
      answer(exchange, this::read);
    }
  }

  private void answer(HttpExchange exchange, HttpHandler handler) {
    try {
      if (guard.admits(exchange)) {
        handler.handle(exchange);
      }
    } catch (IOException | RuntimeException | Error e) {
      Failures.answer(exchange, e);
    } finally {
      exchange.close();
    }
  }

  private void read(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    var method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      Replies.wrongMethod(exchange, "GET, HEAD");
      return;
    }
    switch (path) {
      case "/" -> page.handle(exchange);
      case "/healthz" -> Replies.say(exchange, 200, "ok");
      case MetadataToken.PATH -> token.handle(exchange);
      default ->
        Replies.say(
            exchange, 404, "There is nothing here. Uploads and downloads need the URL of a file.");
    }
  }

  @Override
  public void close() {
    patience.close();
  }
}
