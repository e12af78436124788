package io.github.datasphere.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a request is the client's, and told with the type of its text. */
class HttpErrorsTest {
  private HttpFixture http;

  @BeforeEach
  void open(@TempDir Path root) throws IOException {
    http = new HttpFixture(root);
  }

  @AfterEach
  void close() {
    http.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/", "/nothing", "/computeMetadata/v1/instance"})
  void aHeadWithABrokenChunkedBodyIsTheClientsMistake(String path) throws Exception {
    try (var client = http.raw()) {
      client.send("HEAD " + path + " HTTP/1.1\r\nHost: " + http.base().getAuthority()
          + "\r\nTransfer-Encoding: chunked\r\n\r\nzz no chunk\r\n\r\n");
      var response = client.receiveHead();

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.header("Content-Type")).startsWith("text/plain");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /nothing HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "DELETE / HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: elsewhere\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "PUT /files/x HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\n\r\nx",
        "PUT /files/x HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\n",
        "PUT /files/x HTTP/1.1\r\nHost: HOST\r\nContent-Length: y\r\n\r\n",
        "PUT /files/x HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: gzip\r\n\r\n",
        "GET /files/x HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "GET http://[ HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "GET *x HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "GET\r\n\r\n",
        "what is this\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: HOST\r\nA\u0001b: c\r\n\r\n"
      })
  void everyErrorHasTheTypeOfItsText(String request) throws Exception {
    try (var client = http.raw()) {
      client.send(request.replace("HOST", http.base().getAuthority())).end();
      var response = client.receive();

      assertThat(response.status()).isBetween(400, 599);
      assertThat(response.header("Content-Type")).startsWith("text/");
    }
  }

  @Test
  void aPortThatServesNoEmulatorForTheMomentSaysSoWithItsType() throws Exception {
    var port = new HttpPort("127.0.0.1", 0);
    try (var client = new RawClient("127.0.0.1", port.number())) {
      port.serve((exchange, current) -> {});
      port.rest();
      client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").end();

      assertThat(client.receive().header("Content-Type")).startsWith("text/");
    } finally {
      port.close();
    }
  }
}
