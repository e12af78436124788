package io.github.datasphere.emulator.files.minio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that refuses content of another digest, and leaves its first request unanswered. */
class DigestCheckTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicBoolean isBegun = new AtomicBoolean();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
    threads.shutdownNow();
  }

  @Test
  void aRequestWithoutAnAnswerIsMadeAgain() throws IOException {
    var settings = new MinioSettings(
        endpoint(),
        endpoint(),
        "bucket",
        new MinioSettings.Keys("access", "secret"),
        new MinioSettings.Dialect("us-east-1", true, Optional.empty()),
        Namespace.kept("test"));
    var presigner = new UrlPresigner(endpoint(), settings);
    var check = new DigestCheck(new OkHttpClient(), presigner, Duration.ofSeconds(5));

    assertThat(check.isMadeByServer("probe", Instant.EPOCH)).isTrue();
  }

  private URI endpoint() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (isBegun.compareAndSet(false, true)) {
      return;
    }
    var isEmpty = exchange.getRequestBody().readAllBytes().length == 0;
    exchange.sendResponseHeaders(isEmpty ? 200 : 400, -1);
    exchange.close();
  }
}
