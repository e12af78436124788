package io.github.datasphere.emulator.record;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.datasphere.emulator.session.Event.Moved;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Passes uploads and downloads on to where the service's URLs lead, and notes each. */
final class FileRelay implements AutoCloseable {
  private static final int BAD_GATEWAY = 502;
  /** A client that has its last byte may end before we have noted that. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Duration CONNECT = Duration.ofSeconds(30);
  private static final Set<String> OF_ONE_CONNECTION = Set.of(
      "connection",
      "content-length",
      "expect",
      "host",
      "keep-alive",
      "proxy-connection",
      "te",
      "trailer",
      "transfer-encoding",
      "upgrade",
      ":status");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(FileRelay::daemon);
  /** One that is interrupted would lose the digest of what has passed. */
  private final ExecutorService helpers = Executors.newCachedThreadPool(FileRelay::daemon);

  private final OnTheWay onTheWay = new OnTheWay();
  private final HttpClient client;
  private final Spool spool;
  private final UrlBook urls;

  FileRelay(Spool spool, SSLContext trust) throws IOException {
    this.spool = spool;
    this.client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .sslContext(trust)
        .build();
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    this.urls = new UrlBook(this::base);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** Returns where its URLs lead. */
  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  UrlBook urls() {
    return urls;
  }

  /** Returns a sentence for each file that was not moved whole. */
  List<String> broken() {
    return onTheWay.broken();
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "record-file");
    thread.setDaemon(true);
    return thread;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange;
        var unused = onTheWay.begin()) {
      var url = urls.url(exchange.getRequestURI().getPath().replaceFirst("^/", ""));
      if (url.isEmpty()) {
        say(exchange, 404, "The recorder has given out no such URL.");
      } else {
        relay(exchange, url.get());
      }
    }
  }

  private void relay(HttpExchange exchange, String url) throws IOException {
    boolean isUpload = exchange.getRequestMethod().equals("PUT");
    var begin = spool.nanos();
    try (var passing = new PassingFile(spool, helpers)) {
      try {
        if (isUpload) {
          upload(exchange, url, passing, begin);
        } else {
          download(exchange, url, passing, begin);
        }
      } catch (IOException e) {
        onTheWay.broke(e);
        if (!passing.isEnded()) {
          note(isUpload, url, passing, 0, begin, false);
        }
        say(exchange, BAD_GATEWAY, "The recorder cannot reach the file's host: " + e.getMessage());
      }
    }
  }

  private void upload(HttpExchange exchange, String url, PassingFile passing, long begin)
      throws IOException {
    var answer = send(request(exchange, url, passing.over(exchange.getRequestBody())));
    // Before the client hears of it, and goes on to a call that needs the file
    note(true, url, passing, answer.statusCode(), begin, isWhole(answer, exchange));
    answer(exchange, answer, (from, to) -> from.transferTo(to));
  }

  private void download(HttpExchange exchange, String url, PassingFile passing, long begin)
      throws IOException {
    var answer = send(request(exchange, url, InputStream.nullInputStream()));
    long length = length(answer);
    passing.expects(length);
    long sent = answer(exchange, answer, passing::copy);
    if (!exchange.getRequestMethod().equals("HEAD")) {
      boolean isWhole = isWhole(answer, exchange) && (length < 0 || sent == length);
      note(false, url, passing, answer.statusCode(), begin, isWhole);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Moves a body. */
  private interface Mover {
    long move(InputStream from, OutputStream to) throws IOException;
  }

  /** Passes an answer on, and returns how many bytes its body had. */
  private static long answer(HttpExchange exchange, HttpResponse<InputStream> answer, Mover mover)
      throws IOException {
    copyHeaders(answer, exchange);
    long length = length(answer);
    boolean isWithoutBody = length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.statusCode(), isWithoutBody ? -1 : Math.max(0, length));
    try (var body = answer.body()) {
      return isWithoutBody ? 0 : mover.move(body, exchange.getResponseBody());
    }
  }

  private static long length(HttpResponse<?> answer) {
    return answer.headers().firstValueAsLong("content-length").orElse(-1);
  }

  private static boolean isWhole(HttpResponse<?> answer, HttpExchange exchange) {
    return answer.statusCode() / 100 == 2 && !exchange.getRequestHeaders().containsKey("Range");
  }

  private HttpRequest request(HttpExchange exchange, String url, InputStream content) {
    var request = HttpRequest.newBuilder(URI.create(url))
        .method(exchange.getRequestMethod(), body(exchange, content));
    exchange.getRequestHeaders().forEach((name, values) -> {
      if (!OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
        values.forEach(value -> request.header(name, value));
      }
    });
    return request.build();
  }

  private static BodyPublisher body(HttpExchange exchange, InputStream content) {
    if (!exchange.getRequestMethod().equals("PUT")) {
      return BodyPublishers.ofByteArray(new byte[0]);
    }
    var body = BodyPublishers.ofInputStream(() -> content);
    var length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length == null) {
      return body;
    }
    return length.equals("0")
        ? BodyPublishers.ofByteArray(new byte[0])
        : BodyPublishers.fromPublisher(body, Long.parseLong(length));
  }

  private static void copyHeaders(HttpResponse<?> answer, HttpExchange exchange) {
    answer.headers().map().forEach((name, values) -> {
      if (!OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
        values.forEach(value -> exchange.getResponseHeaders().add(name, value));
      }
    });
  }

  private void note(
      boolean isUpload, String url, PassingFile passing, int status, long begin, boolean isWhole)
      throws IOException {
    var sha256 = passing.end(isWhole);
    var took = Duration.ofNanos(spool.nanos() - begin);
    spool.add(new Moved(isUpload, url, sha256, passing.bytes(), status, took));
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Waits a moment for what is on its way; what is then still there is noted as broken off. */
  @Override
  public void close() {
    onTheWay.await(GRACE);
    onTheWay.end();
    server.stop(0);
    threads.shutdownNow();
    onTheWay.await(GRACE);
    helpers.shutdown();
  }
}
