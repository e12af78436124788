package io.github.datasphere.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpPortsTest {
  private static final byte[] CONTENT = "weights".getBytes(StandardCharsets.UTF_8);

  private final HttpPorts ports = new HttpPorts(1);

  @TempDir
  private Path root;

  @AfterEach
  void close() {
    ports.close();
  }

  @Test
  void whatOneLeavesIsTheNextOnes() throws Exception {
    var first = emulator("first");
    var base = first.base();
    first.close();

    try (var second = emulator("second")) {
      assertThat(second.base()).isEqualTo(base);
      assertThat(second.put(second.putUrl(CONTENT), CONTENT).statusCode()).isEqualTo(200);
      assertThat(second.get(second.getUrl(CONTENT)).body()).isEqualTo(CONTENT);
    }
  }

  @Test
  void noTwoHaveOneAtATime() throws Exception {
    try (var first = emulator("first");
        var second = emulator("second")) {
      assertThat(first.base()).isNotEqualTo(second.base());
    }
  }

  @Test
  void aUrlOfTheOneBeforeIsRefused() throws Exception {
    var first = emulator("first");
    first.stored(CONTENT);
    var url = first.getUrl(CONTENT);
    first.close();

    try (var second = emulator("second")) {
      second.stored(CONTENT);
      assertThat(second.base().getPort()).isEqualTo(url.getPort());
      assertThat(second.get(url).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aPortThatWaitsAnswersNothing() throws Exception {
    var first = emulator("first");
    var health = first.base().resolve("/healthz");
    first.close();

    assertThat(first.send(HttpRequest.newBuilder(health)).statusCode()).isEqualTo(404);
  }

  @Test
  void aTransferEndsWithItsEmulatorAndNotWithThePort() throws Exception {
    var first = emulator("first");
    try (var client = first.raw()) {
      client.head("PUT", first.putUrl(CONTENT), "Content-Length: 1000").send("x");
      await().untilAsserted(() -> assertThat(first.filesOnDisk()).hasSize(1));

      first.frontend.close();

      assertThat(client.isClosedByServer()).isTrue();
    }
    await().untilAsserted(() -> assertThat(first.filesOnDisk()).isEmpty());
    first.close();
  }

  @Test
  void moreThanMayWaitAreClosed() throws Exception {
    var first = emulator("first");
    var second = emulator("second");
    first.base();
    var closed = second.base();
    first.close();
    second.close();

    awaitClosed(closed);
  }

  @Test
  void atTheEndNoneWaits() throws Exception {
    var first = emulator("first");
    var last = emulator("last");
    var waiting = first.base();
    var late = last.base();
    first.close();

    ports.close();
    last.close();

    awaitClosed(waiting);
    awaitClosed(late);
  }

  /** The JDK's server lets go of its port a moment after its end, in a thread of its own. */
  private static void awaitClosed(URI base) {
    await().until(() -> {
      try {
        new RawClient(base).close();
        return false;
      } catch (IOException e) {
        return true;
      }
    });
  }

  private HttpFixture emulator(String name) throws IOException {
    return new HttpFixture(root.resolve(name), Duration.ofMinutes(5), ports);
  }
}
