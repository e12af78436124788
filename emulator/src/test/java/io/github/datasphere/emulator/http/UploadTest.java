package io.github.datasphere.emulator.http;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.engine.files.Download;
import io.github.datasphere.emulator.engine.files.FileTraffic;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileRejectedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
  private final byte[] content = bytesOf("upload", 300_000);

  private HttpFixture http;

  @BeforeEach
  void open(@TempDir Path root) throws IOException {
    http = new HttpFixture(root);
  }

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void whatIsPutIsStored() throws Exception {
    var response = http.put(http.putUrl(content), content);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(http.has(content)).isTrue();
  }

  @Test
  void theSameFileCanBePutAgain() throws Exception {
    http.put(http.putUrl(content), content);

    assertThat(http.put(http.putUrl(content), content).statusCode()).isEqualTo(200);
    assertThat(http.filesOnDisk()).hasSize(1);
  }

  @Test
  void aBodyInChunksIsTaken() throws Exception {
    var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content));

    var response = http.send(HttpRequest.newBuilder(http.putUrl(content)).PUT(chunked));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(http.has(content)).isTrue();
  }

  @Test
  void theOfficialClientSendsAnEmptyFileInChunks() throws Exception {
    try (var client = http.raw()) {
      var response = client
          .head("PUT", http.putUrl(new byte[0]), "Transfer-Encoding: chunked")
          .send("0\r\n\r\n")
          .receive();

      assertThat(response.status()).isEqualTo(200);
    }
  }

  @Test
  void anEmptyFileWithALengthIsTakenToo() throws Exception {
    try (var client = http.raw()) {
      assertThat(client
              .head("PUT", http.putUrl(new byte[0]), "Content-Length: 0")
              .receive()
              .status())
          .isEqualTo(200);
      assertThat(client.head("PUT", http.putUrl(new byte[0])).receive().status())
          .isEqualTo(200);
    }
  }

  @Test
  void aClientThatWaitsForLeaveToSendGetsIt() throws Exception {
    try (var client = http.raw()) {
      client.head(
          "PUT", http.putUrl(content), "Content-Length: " + content.length, "Expect: 100-continue");
      assertThat(client.receive().status()).isEqualTo(100);

      assertThat(client.send(content).receive().status()).isEqualTo(200);
    }
    assertThat(http.has(content)).isTrue();
  }

  @Test
  void oneConnectionTakesFileAfterFile() throws Exception {
    try (var client = http.raw()) {
      for (int i = 0; i < 3; i++) {
        var file = bytesOf("file " + i, 1000);
        client.head("PUT", http.putUrl(file), "Content-Length: 1000").send(file);
        assertThat(client.receive().status()).isEqualTo(200);
        client.head("PUT", http.putUrl(content), "Content-Length: 1000").send(file);
        assertThat(client.receive().status()).isEqualTo(400);
      }
    }
  }

  @Test
  void otherContentThanAnnouncedIsRefused() throws Exception {
    var other = bytesOf("other", content.length);

    var response = http.put(http.putUrl(content), other);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith("Expected ").endsWith("\n");
    assertThat(response.headers().firstValue("Content-Type")).hasValue(HttpReplies.TEXT);
    assertThat(http.filesOnDisk()).isEmpty();
  }

  @Test
  void aFileThatIsTooShortOrTooLongIsRefused() throws Exception {
    var shorter = Arrays.copyOf(content, content.length - 1);
    var longer = Arrays.copyOf(content, content.length + 1);

    assertThat(http.put(http.putUrl(content), shorter).statusCode()).isEqualTo(400);
    assertThat(http.put(http.putUrl(content), longer).statusCode()).isEqualTo(413);
    assertThat(http.filesOnDisk()).isEmpty();
  }

  @Test
  void anExpiredUrlIsRefused() throws Exception {
    var url = http.putUrl(content);

    http.clock.advance(HttpFixture.LIFE.minusMillis(1));
    assertThat(http.put(url, content).statusCode()).isEqualTo(200);
    http.clock.advance(Duration.ofMillis(1));
    var response = http.put(url, content);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body())
        .isEqualTo("This URL expired at 2030-01-02T00:00:00Z: create the job again to get a new"
            + " one.\n");
  }

  @Test
  void aUrlThatNobodySignedIsRefused() throws Exception {
    var url = http.putUrl(content).toString();
    var forged = URI.create(url.substring(0, url.length() - 4) + "AAAA");

    var response = http.put(forged, content);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("signature");
    assertThat(http.put(http.base().resolve("/upload/abc"), content).statusCode())
        .isEqualTo(403);
    assertThat(http.filesOnDisk()).isEmpty();
  }

  @Test
  void aRefusedClientHearsWhyEvenIfItSendsAllBeforeItListens() throws Exception {
    var large = bytesOf("large", 20_000_000);
    var url = http.base().resolve("/upload/unsigned");
    try (var client = http.raw()) {
      client.head("PUT", url, "Content-Length: " + large.length).send(large);

      var response = client.receive();

      assertThat(response.status()).isEqualTo(403);
      assertThat(response.body()).isNotEmpty();
      client.head("GET", http.base().resolve("/healthz"));
      assertThat(client.receive().status()).isEqualTo(200);
    }
  }

  @Test
  void aFileOverTheLimitIsRefusedBeforeItIsSent() throws Exception {
    try (var client = http.raw()) {
      var response = client
          .head("PUT", http.putUrl(content), "Content-Length: " + ((5L << 30) + 1))
          .receive();

      assertThat(response.status()).isEqualTo(413);
      assertThat(response.body()).contains("5 GiB");
    }
  }

  @Test
  void anUploadForAClearedJobIsRefused() throws Exception {
    http.traffic.clear(HttpFixture.JOB);

    var response = http.put(http.putUrl(content), content);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("Job not found\n");
  }

  @Test
  void aFullDiskIsSaidSo() throws Exception {
    http.use(failing(
        new FileRejectedException(FileRejectedException.Reason.NO_SPACE, "The disk is full.")));

    var response = http.put(http.putUrl(content), content);

    assertThat(response.statusCode()).isEqualTo(507);
    assertThat(response.body()).isEqualTo("The disk is full.\n");
  }

  @Test
  void anotherFailureIsToldWithAnIdAndNothingElse() throws Exception {
    http.use(failing(new IOException("/secret/path: input/output error")));

    var response = http.put(http.putUrl(content), content);

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .matches("The emulator failed; its log says more under the id [0-9a-f]{8}\\.\\n");
  }

  @Test
  void anUploadUrlServesUploadsOnly() throws Exception {
    var response = http.get(http.putUrl(content));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("PUT");
    assertThat(http.send(HttpRequest.newBuilder(http.putUrl(content))
                .POST(BodyPublishers.ofByteArray(content)))
            .statusCode())
        .isEqualTo(405);
    assertThat(http.filesOnDisk()).isEmpty();
  }

  @Test
  void aClientThatStopsHalfWayLeavesNothingBehind() throws Exception {
    try (var client = http.raw()) {
      client
          .head("PUT", http.putUrl(content), "Content-Length: " + content.length)
          .send(Arrays.copyOf(content, 200_000));
      await().untilAsserted(() -> assertThat(http.filesOnDisk()).hasSize(1));
    }

    await().untilAsserted(() -> assertThat(http.filesOnDisk()).isEmpty());
    assertThat(http.has(content)).isFalse();
  }

  @Test
  void aClientThatStopsBetweenChunksLeavesNothingBehind() throws Exception {
    try (var client = http.raw()) {
      client
          .head("PUT", http.putUrl(content), "Transfer-Encoding: chunked")
          .send("30d40\r\n")
          .send(Arrays.copyOf(content, 200_000))
          .send("\r\n");
      await().untilAsserted(() -> assertThat(http.filesOnDisk()).hasSize(1));
    }

    await().untilAsserted(() -> assertThat(http.filesOnDisk()).isEmpty());
  }

  @Test
  void aBodyThatEndsEarlyIsToldSo() throws Exception {
    try (var client = http.raw()) {
      var response = client
          .head("PUT", http.putUrl(content), "Content-Length: " + content.length)
          .send(Arrays.copyOf(content, 200_000))
          .end()
          .receive();

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body()).contains("broke off");
    }
    assertThat(http.filesOnDisk()).isEmpty();
  }

  @Test
  void chunksOfNonsenseAreRefused() throws Exception {
    try (var client = http.raw()) {
      client
          .head("PUT", http.putUrl(content), "Transfer-Encoding: chunked")
          .send("zz\r\n")
          .send(content)
          .end();
      assertThat(client.receive().status()).isEqualTo(400);
    }
    assertThat(http.filesOnDisk()).isEmpty();
  }

  @Test
  void aClientThatIsStuckIsGivenUp(@TempDir Path root) throws Exception {
    try (var impatient = new HttpFixture(root, Duration.ofMillis(100));
        var client = impatient.raw()) {
      client
          .head("PUT", impatient.putUrl(content), "Content-Length: " + content.length)
          .send(Arrays.copyOf(content, 200_000));

      assertThat(client.isClosedByServer()).isTrue();
      await().untilAsserted(() -> assertThat(impatient.filesOnDisk()).isEmpty());
      assertThat(impatient.put(impatient.putUrl(content), content).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anInterceptorCanAnswerInPlaceOfTheEngine() throws Exception {
    http.intercept((exchange, grant, transfer) -> {
      if (grant.method() == FileGrant.Method.PUT) {
        exchange.sendResponseHeaders(503, -1);
      } else {
        transfer.run();
      }
    });
    http.stored(content);

    assertThat(http.put(http.putUrl(content), content).statusCode()).isEqualTo(503);
    assertThat(http.get(http.getUrl(content)).body()).isEqualTo(content);
  }

  @Test
  void aLengthThatIsNoNumberIsRefused() throws Exception {
    try (var client = http.raw()) {
      client.head("PUT", http.putUrl(content), "Content-Length: many").end();

      assertThat(client.receive().status()).isEqualTo(400);
    }
  }

  private static FileTraffic failing(IOException failure) {
    return new FileTraffic() {
      @Override
      public void acceptUpload(FileGrant grant, InputStream content) throws IOException {
        throw failure;
      }

      @Override
      public Download openDownload(FileGrant grant, long offset) throws IOException {
        throw failure;
      }
    };
  }
}
