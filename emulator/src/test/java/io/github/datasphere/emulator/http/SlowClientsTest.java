package io.github.datasphere.emulator.http;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that stop half-way, more of them than there are threads, and one that does not. */
class SlowClientsTest {
  /** More than the threads of the port. */
  private static final int CROWD = 300;

  /** More than the transfers that may be under way. */
  private static final int MANY = 100;

  /** Far more than it takes, far less than a stuck client is waited for. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private final byte[] content = bytesOf("honest", 300_000);
  private final Deque<RawClient> slow = new ArrayDeque<>();

  private HttpFixture http;

  @BeforeEach
  void open(@TempDir Path root) throws IOException {
    http = new HttpFixture(root);
  }

  @AfterEach
  void close() throws IOException {
    for (var client : slow) {
      client.close();
    }
    http.close();
  }

  @Test
  void whoeverStopsWithinTheirHeadersKeepsNobodyOut() throws Exception {
    for (int i = 0; i < CROWD; i++) {
      client().send("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow:");
    }

    assertServed();
  }

  @Test
  void whoeverSendsNothingAfterTheFirstByteKeepsNobodyOut() throws Exception {
    for (int i = 0; i < CROWD; i++) {
      client().send("P");
    }

    assertServed();
  }

  @Test
  void stalledUploadsKeepNobodyOut() throws Exception {
    for (int i = 0; i < MANY; i++) {
      var file = bytesOf("slow " + i, 1000);
      client().head("PUT", http.putUrl(file), "Content-Length: 1000").send("x");
    }
    await().untilAsserted(() -> assertThat(http.filesOnDisk()).hasSizeGreaterThanOrEqualTo(64));

    assertServed();
  }

  @Test
  void stalledDownloadsKeepNobodyOut() throws Exception {
    var large = bytesOf("large", 20_000_000);
    http.stored(large);
    for (int i = 0; i < MANY; i++) {
      client().head("GET", http.getUrl(large));
    }

    assertServed();
  }

  @Test
  void stalledUploadsToUrlsThatNobodySignedKeepNobodyOut() throws Exception {
    for (int i = 0; i < CROWD; i++) {
      client().head("PUT", http.base().resolve("/upload/unsigned"), "Content-Length: 1000");
    }

    assertServed();
  }

  @Test
  void bodiesThatNeverComeKeepNobodyOut() throws Exception {
    for (int i = 0; i < CROWD; i++) {
      client().head("HEAD", http.base().resolve("/healthz"), "Content-Length: 1000");
    }

    assertServed();
  }

  @Test
  void whoeverReadsNoAnswersKeepsNobodyOut() throws Exception {
    var request = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".repeat(3_000);
    for (int i = 0; i < CROWD; i++) {
      var client = client();
      // As much as the system takes: its own buffers are full when nobody reads
      var sender = new Thread(() -> {
        try {
          client.send(request);
        } catch (IOException e) {
          // Broken off, as it should be
        }
      });
      sender.setDaemon(true);
      sender.start();
    }

    assertServed();
  }

  @Test
  void crowdsOfAllKindsTogetherKeepNobodyOut() throws Exception {
    var large = bytesOf("large", 20_000_000);
    http.stored(large);
    for (int i = 0; i < MANY; i++) {
      var file = bytesOf("slow " + i, 1000);
      client().head("PUT", http.putUrl(file), "Content-Length: 1000").send("x");
      client().head("GET", http.getUrl(large));
      client().head("HEAD", http.base().resolve("/healthz"), "Content-Length: 1000");
      client().send("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow:");
    }

    assertServed();
  }

  @Test
  void aSlowClientIsWaitedForAsLongAsNobodyElseWaits() throws Exception {
    var patient = client().head("PUT", http.putUrl(content), "Content-Length: " + content.length);
    for (int i = 0; i < MANY / 2; i++) {
      var file = bytesOf("slow " + i, 1000);
      client().head("PUT", http.putUrl(file), "Content-Length: 1000").send("x");
    }
    await().untilAsserted(() -> assertThat(http.filesOnDisk()).hasSize(MANY / 2 + 1));
    assertServed();

    assertThat(patient.send(content).receive().status()).isEqualTo(200);
  }

  /** Page, upload and download, each on a connection of its own. */
  private void assertServed() throws Exception {
    assertThat(http.send(soon(http.base().resolve("/healthz"))).statusCode()).isEqualTo(200);
    var put = soon(http.putUrl(content)).PUT(HttpRequest.BodyPublishers.ofByteArray(content));
    assertThat(http.send(put).statusCode()).isEqualTo(200);
    assertThat(http.send(soon(http.getUrl(content))).statusCode()).isEqualTo(200);
  }

  private static HttpRequest.Builder soon(URI url) {
    return HttpRequest.newBuilder(url).timeout(SOON);
  }

  private RawClient client() throws IOException {
    var client = http.raw();
    slow.add(client);
    return client;
  }
}
