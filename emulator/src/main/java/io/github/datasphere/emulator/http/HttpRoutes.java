package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.datasphere.emulator.http.connection.ClientWait;
import io.github.datasphere.emulator.http.connection.RequestThreads;
import io.github.datasphere.emulator.http.connection.StallDetector;
import io.github.datasphere.emulator.http.connection.TransferLimiter;
import io.github.datasphere.emulator.http.connection.WatchedExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** Decides which handler answers which path. */
final class HttpRoutes implements AutoCloseable {
  private static final String HEALTH = "/healthz";
  /** What needs no token, and is not of the face. */
  private static final Set<String> OPEN_TO_ALL =
      Set.of(HEALTH, MetadataToken.PATH, AuthorityRoute.PATH);

  private static final int MOST_TRANSFERS = 64;
  /** Twice the largest file; only a client that never listens sends more. */
  private static final long MOST_OF_A_TRANSFER = 10L << 30;
  /** Limit for the body of a request that needs none. */
  private static final long MOST_OF_OTHERS = 64 << 10;

  private final HostGuard guard;
  private final FileUrls files;
  private final MetadataToken token;
  private final AuthorityRoute authority;
  private final Supplier<? extends HttpHandler> face;
  private final StallDetector patience;
  private final TransferLimiter transfers = new TransferLimiter(MOST_TRANSFERS);

  HttpRoutes(HttpSettings settings, HttpParts parts, Duration stallLimit) {
    this.guard = new HostGuard(settings);
    this.patience = new StallDetector(stallLimit);
    this.files = new FileUrls(parts);
    this.token = new MetadataToken(parts.tokens());
    this.authority = new AuthorityRoute(parts.authority());
    this.face = parts.face();
  }

  /**
   * Answers now, or after requests that came before.
   *
   * @param threads the current thread is one of these
   * @throws IOException if the client broke off, or lost its place
   */
  void handle(HttpExchange exchange, RequestThreads threads) throws IOException {
    var client = threads.client();
    var transfer = FileUrls.method(exchange.getRequestURI().getRawPath());
    if (transfer.isPresent()) {
      HttpHandler handler = e -> files.handle(e, transfer.get());
      transfers.execute(threads, () -> answer(exchange, client, MOST_OF_A_TRANSFER, handler));
    } else {
      answer(exchange, client, MOST_OF_OTHERS, this::read);
    }
  }

  private void answer(
      HttpExchange exchange, ClientWait client, long mostDiscarded, HttpHandler handler)
      throws IOException {
    client.renew();
    patience.watch(client);
    var watched = new WatchedExchange(exchange, client, mostDiscarded);
    try (watched) {
      try {
        if (guard.admits(watched)) {
          handler.handle(watched);
        }
      } catch (IOException | RuntimeException | Error e) {
        HttpErrors.answer(watched, e);
      }
    } finally {
      patience.forget(client);
    }
    watched.throwIfBroken();
  }

  private void read(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    if (!OPEN_TO_ALL.contains(path)) {
      face.get().handle(exchange);
      return;
    }
    var method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      HttpReplies.wrongMethod(exchange, "GET, HEAD");
    } else if (path.equals(HEALTH)) {
      HttpReplies.say(exchange, 200, "ok");
    } else if (path.equals(AuthorityRoute.PATH)) {
      authority.handle(exchange);
    } else {
      token.handle(exchange);
    }
  }

  @Override
  public void close() {
    transfers.close();
    patience.close();
  }
}
