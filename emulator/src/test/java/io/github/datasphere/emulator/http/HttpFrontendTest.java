package io.github.datasphere.emulator.http;

import static io.github.datasphere.emulator.files.Contents.bytesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.tokens.Access;
import io.github.datasphere.emulator.tokens.TokenService;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFrontendTest {
  private static final Pattern TOKEN = Pattern.compile(
      "\\{\"access_token\":\"([^\"]+)\",\"expires_in\":43200,\"token_type\":\"Bearer\"}");

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
  void healthIsOk() throws Exception {
    var response = http.send(request("/healthz"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("ok\n");
  }

  @Test
  void theCertificateThatClientsTrustIsGivenToAll(@TempDir Path folder) throws Exception {
    assertThat(http.send(request("/ca.pem")).statusCode()).isEqualTo(404);

    http.trust(Files.writeString(folder.resolve("ca.pem"), "a certificate\n"));
    var response = http.send(request("/ca.pem"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("a certificate\n");
    assertThat(http.put(http.base().resolve("/ca.pem"), new byte[0]).statusCode())
        .isEqualTo(405);
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    assertThat(http.send(request("/other")).statusCode()).isEqualTo(404);
    assertThat(http.send(request("/healthz/more")).statusCode()).isEqualTo(404);
  }

  @Test
  void nothingButFilesCanBeWritten() throws Exception {
    var response = http.put(http.base().resolve("/healthz"), new byte[0]);

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.body()).contains("PUT").contains("GET, HEAD");
  }

  @Test
  void theMetadataServiceGivesATokenThatIsGood() throws Exception {
    var response = http.send(request(MetadataToken.PATH).header("Metadata-Flavor", "Google"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.headers().firstValue("Metadata-Flavor")).hasValue("Google");
    var token = TOKEN.matcher(response.body());
    assertThat(token.matches()).as(response.body()).isTrue();
    assertThat(http.tokens.authenticate("Bearer " + token.group(1)))
        .isEqualTo(new Access.Granted(TokenService.MACHINE_ACCOUNT));
  }

  @Test
  void theMetadataServiceGivesNothingWithoutItsHeader() throws Exception {
    var without = http.send(request(MetadataToken.PATH));
    var wrong = http.send(request(MetadataToken.PATH).header("Metadata-Flavor", "Other"));

    assertThat(List.of(without, wrong)).allSatisfy(response -> {
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).contains("Metadata-Flavor: Google").doesNotContain("t1.");
    });
  }

  @Test
  void allOtherPathsBelongToTheFace() throws Exception {
    var response = http.send(request("/"));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("There is no face here.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:9099",
        "LocalHost.",
        "127.0.0.1",
        "127.0.0.1:1",
        "[::1]:9099",
        "169.254.169.254",
        "192.168.1.20:9099"
      })
  void ownNamesAndAddressesAreServed(String host) throws Exception {
    try (var client = http.raw()) {
      client.send("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

      assertThat(client.receive().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "evil.example:9099",
        "localhost:evil",
        "[::1].evil.example",
        "localhost/",
        ""
      })
  void otherHostNamesAreRefused(String host) throws Exception {
    for (var path :
        List.of("/healthz", "/ca.pem", "/", MetadataToken.PATH, "/upload/x", "/download/x")) {
      try (var client = http.raw()) {
        client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"
            + "Metadata-Flavor: Google\r\n\r\n");

        assertThat(client.receive().status()).as(path).isEqualTo(421);
      }
    }
  }

  @Test
  void aRequestNamesItsHostOnce() throws Exception {
    for (var hosts : List.of("", "Host: localhost\r\nHost: evil.example\r\n")) {
      try (var client = http.raw()) {
        client.send("GET /healthz HTTP/1.1\r\n" + hosts + "\r\n");

        assertThat(client.receive().status()).isEqualTo(400);
      }
    }
  }

  @Test
  void theHostOfAProxyRequestCountsToo() throws Exception {
    try (var client = http.raw()) {
      client.send("GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(client.receive().status()).isEqualTo(421);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "http://evil.example",
        "https://127.0.0.1",
        "http://localhost:1",
        "http://127.0.0.1",
        "file://"
      })
  void pagesOfOtherOriginsAreRefused(String origin) throws Exception {
    var content = bytesOf("foreign", 10);
    for (var url : List.of(http.base().resolve("/"), http.putUrl(content))) {
      try (var client = http.raw()) {
        client.head("GET", url, "Origin: " + origin);

        assertThat(client.receive().status()).isEqualTo(403);
      }
    }
  }

  @Test
  void pagesOfOurOwnAreServed() throws Exception {
    try (var client = http.raw()) {
      client.head("GET", http.base().resolve("/healthz"), "Origin: " + http.base());

      assertThat(client.receive().status()).isEqualTo(200);
    }
  }

  @Test
  void aConfiguredNameIsServedAndHandedOut(@TempDir Path root) throws Exception {
    var settings = new HttpSettings("127.0.0.1", 0, "files.example", Set.of("other.example"));
    try (var frontend = new HttpFrontend(settings, http.parts(), new HttpPorts(0))) {
      assertThat(frontend.baseUri()).hasHost("files.example");

      for (var host : List.of("files.example", "Other.Example")) {
        try (var client = new RawClient("127.0.0.1", frontend.baseUri().getPort())) {
          client.send("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
          assertThat(client.receive().status()).isEqualTo(200);
        }
      }
    }
  }

  @Test
  void theJdkClientIsNotLedToHttp2() throws Exception {
    var content = bytesOf("h2c", 100_000);
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    var put = HttpRequest.newBuilder(http.putUrl(content))
        .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
        .build();

    var response = client.send(put, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(http.get(http.getUrl(content)).body()).isEqualTo(content);
  }

  @Test
  void slowTransfersKeepNobodyFromBeingServed() throws Exception {
    var clients = new ArrayList<RawClient>();
    try {
      for (int i = 0; i < 100; i++) {
        var content = bytesOf("slow " + i, 1000);
        clients.add(
            http.raw().head("PUT", http.putUrl(content), "Content-Length: 1000").send("x"));
      }
      await().untilAsserted(() -> assertThat(http.filesOnDisk()).hasSize(64));

      assertThat(http.send(request("/healthz").timeout(Duration.ofSeconds(20))).statusCode())
          .isEqualTo(200);
    } finally {
      for (var client : clients) {
        client.close();
      }
    }
    await().untilAsserted(() -> assertThat(http.filesOnDisk()).isEmpty());
  }

  @Test
  void manyTransferAtOnce() throws Exception {
    var pool = Executors.newFixedThreadPool(32);
    try {
      var tasks = new ArrayList<Callable<byte[]>>();
      for (int i = 0; i < 200; i++) {
        var content = bytesOf("parallel " + i, 50_000 + i);
        tasks.add(() -> {
          assertThat(http.put(http.putUrl(content), content).statusCode()).isEqualTo(200);
          assertThat(http.get(http.getUrl(content)).body()).isEqualTo(content);
          return content;
        });
      }
      for (var done : pool.invokeAll(tasks)) {
        assertThat(http.has(done.get())).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void noPortIsOpenedBeforeSomebodyAsks(@TempDir Path root) throws Exception {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (var frontend =
        new HttpFrontend(HttpSettings.loopback(port), http.parts(), new HttpPorts(0))) {
      assertThatThrownBy(() -> new RawClient("127.0.0.1", port)).isInstanceOf(IOException.class);
      assertThat(frontend.baseUri()).hasPort(port);
      new RawClient("127.0.0.1", port).close();
    }
  }

  @Test
  void aPortInUseIsNamedWithTheOptionThatChangesIt() {
    var port = http.base().getPort();
    try (var second =
        new HttpFrontend(HttpSettings.loopback(port), http.parts(), new HttpPorts(0))) {
      assertThatThrownBy(second::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("--http-port");
    }
  }

  @Test
  void anAddressThatIsNotOursIsNamed() {
    var settings = new HttpSettings("no.such.host.invalid", 0, "localhost", Set.of());
    try (var frontend = new HttpFrontend(settings, http.parts(), new HttpPorts(0))) {
      assertThatThrownBy(frontend::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no.such.host.invalid")
          .hasMessageContaining("--bind");
    }
  }

  @Test
  void closingEndsAtOnceWhateverGoesOn() throws Exception {
    var content = bytesOf("open", 1000);
    try (var client = http.raw()) {
      client.head("PUT", http.putUrl(content), "Content-Length: 1000").send("x");
      await().untilAsserted(() -> assertThat(http.filesOnDisk()).hasSize(1));

      http.frontend.close();

      assertThat(client.isClosedByServer()).isTrue();
    }
    await().untilAsserted(() -> assertThat(http.filesOnDisk()).isEmpty());
    assertThatThrownBy(http::base).isInstanceOf(IllegalStateException.class);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(http.base().resolve(path));
  }
}
