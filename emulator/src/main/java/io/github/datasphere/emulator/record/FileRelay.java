package io.github.datasphere.emulator.record;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.Event.Warned;
import java.io.IOException;
import java.io.InputStream;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Passes uploads and downloads on to where the service's URLs lead, and notes each. */
final class FileRelay implements AutoCloseable {
  private static final int BUFFER = 256 << 10;
  private static final int BAD_GATEWAY = 502;
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

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "record-file");
    thread.setDaemon(true);
    return thread;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
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
    var passing = new Passing(isUpload ? exchange.getRequestBody() : InputStream.nullInputStream());
    try {
      var answer = client.send(request(exchange, url, passing), BodyHandlers.ofInputStream());
      if (isUpload) {
        // Before the client hears of it, and goes on to a call that needs the file
        note(true, url, passing, answer.statusCode(), begin, isWhole(answer, exchange));
      }
      copyHeaders(answer, exchange);
      long length = answer.headers().firstValueAsLong("content-length").orElse(-1);
      exchange.sendResponseHeaders(
          answer.statusCode(), isWithoutBody(exchange, length) ? -1 : Math.max(0, length));
      long sent = 0;
      if (!isWithoutBody(exchange, length)) {
        sent = isUpload
            ? answer.body().transferTo(exchange.getResponseBody())
            : passing.copy(answer.body(), exchange.getResponseBody());
      }
      if (!isUpload && !exchange.getRequestMethod().equals("HEAD")) {
        boolean isWhole = isWhole(answer, exchange) && (length < 0 || sent == length);
        note(false, url, passing, answer.statusCode(), begin, isWhole);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      if (!passing.isEnded) {
        note(isUpload, url, passing, 0, begin, false);
      }
      spool.add(new Warned("A file was not moved whole: " + e));
      say(exchange, BAD_GATEWAY, "The recorder cannot reach the file's host: " + e.getMessage());
    }
  }

  private static boolean isWhole(HttpResponse<?> answer, HttpExchange exchange) {
    return answer.statusCode() / 100 == 2 && !exchange.getRequestHeaders().containsKey("Range");
  }

  private static boolean isWithoutBody(HttpExchange exchange, long length) {
    return length == 0 || exchange.getRequestMethod().equals("HEAD");
  }

  private HttpRequest request(HttpExchange exchange, String url, Passing passing) {
    var request = HttpRequest.newBuilder(URI.create(url))
        .method(exchange.getRequestMethod(), body(exchange, passing));
    exchange.getRequestHeaders().forEach((name, values) -> {
      if (!OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
        values.forEach(value -> request.header(name, value));
      }
    });
    return request.build();
  }

  private static BodyPublisher body(HttpExchange exchange, Passing passing) {
    if (!exchange.getRequestMethod().equals("PUT")) {
      return BodyPublishers.ofByteArray(new byte[0]);
    }
    var content = BodyPublishers.ofInputStream(() -> passing);
    var length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length == null) {
      return content;
    }
    return length.equals("0")
        ? BodyPublishers.ofByteArray(new byte[0])
        : BodyPublishers.fromPublisher(content, Long.parseLong(length));
  }

  private static void copyHeaders(HttpResponse<?> answer, HttpExchange exchange) {
    answer.headers().map().forEach((name, values) -> {
      if (!OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
        values.forEach(value -> exchange.getResponseHeaders().add(name, value));
      }
    });
  }

  private void note(
      boolean isUpload, String url, Passing passing, int status, long begin, boolean isWhole)
      throws IOException {
    var sha256 = passing.end(isWhole);
    var took = Duration.ofNanos(spool.nanos() - begin);
    spool.add(new Moved(isUpload, url, sha256, passing.bytes, status, took));
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Content on its way: measured, and kept if it is small. */
  private final class Passing extends InputStream {
    private final InputStream source;
    private final MessageDigest digest;
    private final Spool.KeptFile kept;
    private long bytes;
    private boolean isEnded;

    Passing(InputStream source) throws IOException {
      this.source = source;
      this.kept = spool.newFile();
      try {
        this.digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this Java has no SHA-256", e);
      }
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int at, int length) throws IOException {
      int count = source.read(buffer, at, length);
      if (count > 0) {
        see(Arrays.copyOfRange(buffer, at, at + count), count);
      }
      return count;
    }

    long copy(InputStream from, OutputStream to) throws IOException {
      var buffer = new byte[BUFFER];
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        to.write(buffer, 0, count);
        see(buffer, count);
      }
      return bytes;
    }

    private void see(byte[] buffer, int count) throws IOException {
      digest.update(buffer, 0, count);
      kept.write(buffer, count);
      bytes += count;
    }

    String end(boolean isWhole) throws IOException {
      isEnded = true;
      var sha256 = HexFormat.of().formatHex(digest.digest());
      kept.end(sha256, isWhole);
      return sha256;
    }
  }
}
