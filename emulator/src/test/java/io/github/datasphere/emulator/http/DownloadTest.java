package io.github.datasphere.emulator.http;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.files.Contents;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileGrant.Method;
import io.github.datasphere.emulator.job.id.JobId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {
  private final byte[] content = bytesOf("download", 300_000);

  private HttpFixture http;

  @BeforeEach
  void open(@TempDir Path root) throws IOException {
    http = new HttpFixture(root);
    http.stored(content);
  }

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void whatIsStoredIsGot() throws Exception {
    var response = http.get(http.getUrl(content));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(content);
  }

  @Test
  void theAnswerSaysWhatItIs() throws Exception {
    var headers = http.get(http.getUrl(content)).headers();

    assertThat(headers.firstValueAsLong("Content-Length")).hasValue(content.length);
    assertThat(headers.firstValue("Content-Type")).hasValue("application/octet-stream");
    assertThat(headers.firstValue("ETag")).hasValue('"' + Contents.sha256(content) + '"');
    assertThat(headers.firstValue("Accept-Ranges")).hasValue("bytes");
  }

  @Test
  void whatAJobWroteIsNeverAPageOfOurs() throws Exception {
    var headers = http.get(http.getUrl(content)).headers();

    assertThat(headers.firstValue("Content-Disposition")).hasValue("attachment");
    assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void theEmptyFileIsGotThoughNobodyPutIt() throws Exception {
    var response = http.get(http.getUrl(new byte[0]));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void headTellsTheSizeAndSendsNothing() throws Exception {
    try (var client = http.raw()) {
      client.head("HEAD", http.getUrl(content)).end();
      var lines = new String(client.rest(), ISO_8859_1);

      assertThat(lines).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
      assertThat(lines.toLowerCase(Locale.ROOT)).contains("content-length: 300000\r\n");
    }
  }

  @Test
  void headLeavesTheConnectionOpenForMore() throws Exception {
    try (var client = http.raw()) {
      client.head("HEAD", http.getUrl(content));
      client.receiveHead();
      client.head("HEAD", http.getUrl(content));

      assertThat(client.receiveHead().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,          0, 0",
    "bytes=100-199,      100, 199",
    "bytes=299999-,      299999, 299999",
    "bytes=70000-,       70000, 299999",
    "bytes=-1,           299999, 299999",
    "bytes=-999999,      0, 299999",
    "bytes=10-999999999, 10, 299999"
  })
  void aRangeIsAnsweredWithThatPart(String range, int first, int last) throws Exception {
    var response = http.get(http.getUrl(content), "Range", range);

    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(response.body()).isEqualTo(Arrays.copyOfRange(content, first, last + 1));
    assertThat(response.headers().firstValue("Content-Range"))
        .hasValue("bytes " + first + "-" + last + "/300000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=300000-", "bytes=300000-300001", "bytes=-0"})
  void aRangeBeyondTheEndIsRefused(String range) throws Exception {
    var response = http.get(http.getUrl(content), "Range", range);

    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(response.headers().firstValue("Content-Range")).hasValue("bytes */300000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=5-4",
        "bytes=-",
        "bytes=a-b",
        "lines=1-2",
        "bytes=0-1,5-6",
        "bytes=99999999999999999999-"
      })
  void aRangeThatMakesNoSenseIsDisregarded(String range) throws Exception {
    var response = http.get(http.getUrl(content), "Range", range);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(content);
  }

  @Test
  void aRangeOfAnotherVersionIsAnsweredWithTheWhole() throws Exception {
    var etag = '"' + Contents.sha256(content) + '"';
    var url = http.getUrl(content);

    assertThat(http.get(url, "Range", "bytes=0-9", "If-Range", etag).body()).hasSize(10);
    assertThat(http.get(url, "Range", "bytes=0-9", "If-Range", "\"other\"").body())
        .isEqualTo(content);
  }

  @Test
  void whatTheClientHasAlreadyIsNotSentAgain() throws Exception {
    var etag = '"' + Contents.sha256(content) + '"';

    var response = http.get(http.getUrl(content), "If-None-Match", etag);

    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void anExpiredUrlIsRefused() throws Exception {
    var url = http.getUrl(content);
    http.clock.advance(HttpFixture.LIFE);

    var response = http.get(url);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(new String(response.body())).contains("expired").contains("DownloadJobFiles");
  }

  @Test
  void aUrlForAnotherFileIsRefused() throws Exception {
    var other = Contents.sha256(bytesOf("other", 10));
    var url = http.getUrl(content).toString().replace(Contents.sha256(content), other);

    assertThat(http.get(URI.create(url)).statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsNotStoredIsNotFound() throws Exception {
    var response = http.get(http.getUrl(bytesOf("never stored", 10)));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(new String(response.body())).contains("not stored");
  }

  @Test
  void aFileOfAClearedJobIsNotFoundThoughAnotherJobKeepsIt() throws Exception {
    var url = http.getUrl(content);
    http.traffic.clear(HttpFixture.JOB);
    var grant = http.grant(Method.GET, content);
    var ofOther = new FileGrant(
        Method.GET, new JobId("other"), grant.key(), grant.sizeBytes(), grant.expires());

    assertThat(http.get(url).statusCode()).isEqualTo(404);
    assertThat(http.get(http.store.presign(ofOther)).body()).isEqualTo(content);
  }

  @Test
  void aFileThatSomebodyShortenedIsNotHandedOut() throws Exception {
    var file = http.filesOnDisk().get(0);
    Files.write(file, Arrays.copyOf(content, 1000));

    assertThat(http.get(http.getUrl(content)).statusCode()).isEqualTo(500);
  }

  @Test
  void aFileThatEndsEarlyIsNotTakenForWhole() throws Exception {
    http.intercept((exchange, grant, transfer) -> {
      var file = http.filesOnDisk().get(0);
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(Files.readAllBytes(file), 0, 1000);
      throw new IOException("the disk failed");
    });

    assertThatThrownBy(() -> http.get(http.getUrl(content))).isInstanceOf(IOException.class);
  }

  @Test
  void aDownloadUrlServesDownloadsOnly() throws Exception {
    var put = http.put(http.getUrl(content), content);
    var post = http.send(
        HttpRequest.newBuilder(http.getUrl(content)).POST(BodyPublishers.ofByteArray(content)));
    var delete = http.send(HttpRequest.newBuilder(http.getUrl(content)).DELETE());

    for (var response : List.of(put, post, delete)) {
      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }
  }

  @Test
  void aClientThatStopsListeningEndsTheDownload() throws Exception {
    var large = bytesOf("large", 30_000_000);
    http.stored(large);
    try (var client = http.raw()) {
      client.head("GET", http.getUrl(large));
      assertThat(client.receiveHead().status()).isEqualTo(200);
    }

    assertThat(http.get(http.getUrl(content)).body()).isEqualTo(content);
  }
}
