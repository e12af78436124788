package io.github.datasphere.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.gateway.proxy.ConnectProxy;
import io.github.datasphere.emulator.gateway.proxy.OfflineHosts;
import io.github.datasphere.emulator.gateway.proxy.ProxySettings;
import io.github.datasphere.emulator.gateway.tls.CertificateAuthority;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The CONNECT port with --offline: what a foreign host seems to say. */
class OfflineTest {
  private static final String JSON = "application/vnd.pypi.simple.v1+json";

  @TempDir
  Path folder;

  private CertificateAuthority authority;
  private ConnectProxy proxy;

  @BeforeEach
  void open() throws Exception {
    authority = CertificateAuthority.open(folder, Clock.systemUTC());
    proxy = ConnectProxy.start(
        ProxySettings.of(Peer.loopback(0), Peer.loopback(1)).offlineWith(authority));
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/simple/datasphere/",
        "/simple/datasphere",
        "/repository/pypi/simple/datasphere/",
        "/simple/datasphere/?format=any"
      })
  void packagePageOfTheClientListsNoRelease(String path) throws Exception {
    try (var index = host("index.example:443")) {
      assertThat(index.send(get(path, "text/html")).readToEnd())
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("content-type: text/html")
          .endsWith("\r\n\r\n<!DOCTYPE html><html><body></body></html>");
    }
  }

  @Test
  void packagePageComesAsJsonToWhoAsksForIt() throws Exception {
    try (var index = host("index.example:443")) {
      var accept = JSON + ", application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01";
      assertThat(index.send(get("/simple/datasphere/", accept)).readToEnd())
          .contains("content-type: " + JSON)
          .endsWith("{\"meta\":{\"api-version\":\"1.0\"},\"name\":\"datasphere\",\"files\":[]}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/simple/numpy/",
        "/simple/",
        "/simple/datasphere/evil",
        "/x?/simple/datasphere/"
      })
  void allElseFailsWithAdviceInTheReasonPhrase(String path) throws Exception {
    try (var index = host("index.example:443")) {
      var answer = index.send(get(path, "*/*")).readToEnd();
      assertThat(answer.lines().findFirst().orElseThrow())
          .startsWith("HTTP/1.1 503 The DataSphere Jobs emulator runs with --offline")
          .contains("manual Python environment");
    }
  }

  @Test
  void uploadIsRefusedAndTheConnectionStaysUsable() throws Exception {
    try (var index = host("index.example:443")) {
      index.send("PUT /x HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n");
      index.send("y".repeat(300_000));
      assertThat(index.readHead()).startsWith("HTTP/1.1 503 ");
      index.send(get("/simple/datasphere/", "*/*"));
      assertThat(index.readToEnd()).contains("HTTP/1.1 200 OK");
    }
  }

  @Test
  void headGetsNoBody() throws Exception {
    try (var index = host("index.example:443")) {
      index.send("HEAD /simple/datasphere/ HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(index.readToEnd()).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n");
    }
  }

  @Test
  void clientThatWaitsBeforeItSendsIsNotKeptWaiting() throws Exception {
    try (var index = host("index.example:443")) {
      index.send("PUT /x HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n");
      assertThat(index.readToEnd()).startsWith("HTTP/1.1 503 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.example", "10.1.2.3", "xn--e1aybc.example"})
  void certificateIsMadeForTheNameThatWasAskedFor(String name) throws Exception {
    try (var index = host(name + ":443")) {
      assertThat(index.send(get("/simple/datasphere/", "*/*")).readHead())
          .startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void certificateIsNotGoodForAnotherName() {
    assertThatThrownBy(() -> host("one.example:443", "two.example"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void oneHostHasOneCertificate() throws Exception {
    assertThat(certificateOf("index.example")).isEqualTo(certificateOf("index.example"));
  }

  @Test
  void manyHostsAreServedAndOldCertificatesForgotten() throws Exception {
    var first = certificateOf("h.example");
    for (var i = 0; i < OfflineHosts.KEPT; i++) {
      certificateOf("h" + i + ".example");
    }
    assertThat(certificateOf("h.example")).isNotEqualTo(first);
  }

  @Test
  void plainHttpThroughTheTunnelGetsTheSameAnswers() throws Exception {
    try (var index = Peer.connect(proxy.address()).ask("index.example:80")) {
      index.readHead();
      assertThat(index.send(get("/simple/numpy/", "*/*")).readToEnd()).startsWith("HTTP/1.1 503 ");
    }
  }

  @Test
  void megabyteOfHeadersGets431() throws Exception {
    try (var index = host("index.example:443")) {
      index.send("GET / HTTP/1.1\r\n" + ("X: " + "y".repeat(1000) + "\r\n").repeat(1000) + "\r\n");
      assertThat(index.readHead()).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void garbageGets400() throws Exception {
    try (var index = host("index.example:443")) {
      assertThat(index.send("garbage\r\n\r\n").readHead()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void thisMachineIsTunnelledAllTheSame() throws Exception {
    try (var server = new ServerSocket(0, 1, Peer.loopback(0).getAddress());
        var client = Peer.connect(proxy.address()).ask("localhost:" + server.getLocalPort());
        var far = Peer.of(server.accept())) {
      client.readHead();
      far.send("local");
      assertThat(client.read(5)).isEqualTo("local");
    }
  }

  @Test
  void officialHostsAreNotAnsweredFor() throws Exception {
    try (var client = Peer.connect(proxy.address()).ask("datasphere.api.cloud.yandex.net:443")) {
      assertThat(client.readToEnd())
          .startsWith("HTTP/1.1 502 "); // the TLS port of this test is closed
    }
  }

  private X509Certificate certificateOf(String name) throws Exception {
    try (var tunnel = Peer.connect(proxy.address()).ask(name + ":443")) {
      tunnel.readHead();
      var tls = TlsClient.trusting(authority.certificateFile()).over(tunnel.socket(), name);
      return (X509Certificate) List.of(tls.getSession().getPeerCertificates()).get(0);
    }
  }

  private Peer host(String target) throws Exception {
    return host(target, target.substring(0, target.indexOf(':')));
  }

  private Peer host(String target, String checkedName) throws Exception {
    var tunnel = Peer.connect(proxy.address()).ask(target);
    assertThat(tunnel.readHead()).isEqualTo("HTTP/1.1 200 Connection established");
    var tls = TlsClient.trusting(authority.certificateFile()).over(tunnel.socket(), checkedName);
    tls.startHandshake();
    return Peer.of(tls);
  }

  private static String get(String path, String accept) {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\nAccept: " + accept
        + "\r\nConnection: close\r\n\r\n";
  }
}
