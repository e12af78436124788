package io.github.datasphere.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.gateway.proxy.ConnectProxy;
import io.github.datasphere.emulator.gateway.proxy.ProxySettings;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each request that cannot be granted gets a status, a sentence and an end. */
class RefusalsTest {
  private static final ProxySettings.Limits IMPATIENT = new ProxySettings.Limits(
      Duration.ofMillis(200), 64 * 1024, Duration.ofMillis(300), Duration.ofSeconds(30));

  private final InetSocketAddress nowhere = Peer.loopback(1);
  private ConnectProxy proxy;

  @BeforeEach
  void open() throws Exception {
    proxy = ConnectProxy.start(ProxySettings.of(Peer.loopback(0), nowhere));
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECT\r\n\r\n",
        "CONNECT h:443\r\n\r\n",
        "CONNECT h:443: HTTP/1.1\r\n\r\n",
        "CONNECT h:x HTTP/1.1\r\n\r\n",
        "CONNECT ::1 HTTP/1.1\r\n\r\n",
        "CONNECT : HTTP/1.1\r\n\r\n",
        "CONNECT h:0 HTTP/1.1\r\n\r\n",
        "CONNECT h:65536 HTTP/1.1\r\n\r\n",
        "CONNECT h:99999999999 HTTP/1.1\r\n\r\n",
        "CONNECT :443 HTTP/1.1\r\n\r\n",
        "CONNECT a..b:443 HTTP/1.1\r\n\r\n",
        "CONNECT [::1:443 HTTP/1.1\r\n\r\n",
        "CONNECT user@h:443 HTTP/1.1\r\n\r\n",
        "CONNECT https://h:443 HTTP/1.1\r\n\r\n",
        "CONNECT h:443 HTTP/2.0\r\n\r\n",
        "CONNECT  h:443 HTTP/1.1\r\n\r\n",
        "CONNECT h\u0000:443 HTTP/1.1\r\n\r\n",
        "CONNECT h\u00e4:443 HTTP/1.1\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\r\n\r\n",
        "what is this\n\n"
      })
  void malformedRequestGets400(String request) throws Exception {
    assertThat(answerTo(request)).startsWith("HTTP/1.1 400 This is the emulator's CONNECT port");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n",
        "POST /x HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc",
        "OPTIONS * HTTP/1.0\r\n\r\n"
      })
  void otherMethodGets405AndWhatThisPortIs(String request) throws Exception {
    assertThat(answerTo(request))
        .startsWith("HTTP/1.1 405 This is the CONNECT port of the DataSphere Jobs emulator")
        .contains("\r\nAllow: CONNECT\r\n");
  }

  /** As grpc-go 1.72 and 1.75 ask; nobody listens where that leads here. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, 127.0.0.2:443",
    "127.0.0.2:, 127.0.0.2:443",
    "[::ffff:127.0.0.2], [::ffff:127.0.0.2]:443",
    "[::ffff:127.0.0.2]:, [::ffff:127.0.0.2]:443"
  })
  void aHostWithoutAPortIsAskedForAtPort443(String asked, String meant) throws Exception {
    assertThat(answerTo(connect(asked))).startsWith("HTTP/1.1 502 ").contains(meant);
  }

  @Test
  void anotherPortOfAnOfficialNameGets403() throws Exception {
    assertThat(answerTo(connect("datasphere.api.cloud.yandex.net:80")))
        .startsWith("HTTP/1.1 403 The emulator stands in for datasphere.api.cloud.yandex.net on"
            + " port 443 only, not on port 80.");
  }

  @Test
  void closedPortGets502() throws Exception {
    int closed;
    try (var probe = new ServerSocket(0, 1, nowhere.getAddress())) {
      closed = probe.getLocalPort();
    }
    assertThat(answerTo(connect("127.0.0.1:" + closed)))
        .startsWith("HTTP/1.1 502 The emulator cannot connect to 127.0.0.1:" + closed)
        .contains("connection refused");
  }

  @Test
  void nameThatDoesNotResolveGets502() throws Exception {
    assertThat(answerTo(connect("no-such-host.invalid:443")))
        .startsWith("HTTP/1.1 502 The name no-such-host.invalid does not resolve.");
  }

  @Test
  void bodyRepeatsTheReason() throws Exception {
    var answer = answerTo(connect("iam.api.cloud.yandex.net:8443"));
    var reason = answer.lines().findFirst().orElseThrow().substring("HTTP/1.1 403 ".length());
    assertThat(answer).endsWith("\r\n\r\n" + reason + "\n").contains("\r\nConnection: close\r\n");
  }

  @Test
  void megabyteOfHeadersGets431ThatTheClientCanRead() throws Exception {
    var fields = "X-Filler: " + "x".repeat(1000) + "\r\n";
    assertThat(answerTo("CONNECT localhost:443 HTTP/1.1\r\n" + fields.repeat(1000) + "\r\n"))
        .startsWith("HTTP/1.1 431 ");
  }

  @Test
  void moreThanAllBuffersHoldGets431WithoutAReset() throws Exception {
    assertThat(answerTo("CONNECT " + "x".repeat(32 << 20))).startsWith("HTTP/1.1 431 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CONNECT local", "CONNECT localhost:443 HTTP/1.1\r\nHost: h\r\n"})
  void requestThatDoesNotEndInTimeGets408(String part) throws Exception {
    var settings = ProxySettings.of(Peer.loopback(0), nowhere).within(IMPATIENT);
    try (var impatient = ConnectProxy.start(settings);
        var client = Peer.connect(impatient.address()).send(part)) {
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void serverThatDoesNotAnswerInTimeGets504() throws Exception {
    try (var full = new ServerSocket(0, 1, nowhere.getAddress());
        var first = Peer.connect(Peer.loopback(full.getLocalPort()));
        var second = Peer.connect(Peer.loopback(full.getLocalPort()));
        var impatient =
            ConnectProxy.start(ProxySettings.of(Peer.loopback(0), nowhere).within(IMPATIENT));
        var client = Peer.connect(impatient.address())) {
      assertThat(first.socket().isConnected() && second.socket().isConnected()).isTrue();
      assertThat(client.ask("127.0.0.1:" + full.getLocalPort()).readToEnd())
          .startsWith("HTTP/1.1 504 The emulator got no answer from 127.0.0.1");
    }
  }

  @Test
  void tlsToThisPortIsAnsweredInPlainTextWithAdvice() throws Exception {
    var clientHello = new byte[] {0x16, 3, 1, 0, (byte) 200, 1, 0, 0, (byte) 196, 3, 3};
    try (var client = Peer.connect(proxy.address()).send(clientHello)) {
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ").contains("Write http://");
    }
  }

  @Test
  void clientThatLeavesInTheMiddleOfItsRequestIsForgotten() throws Exception {
    try (var client = Peer.connect(proxy.address()).send("CONNECT loc").end()) {
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "example.com:443, tunnels to no other host",
    "localhost:22, leads to its own ports of this machine only: [9098]",
    "build.example:22, leads to its own ports of this machine only: [9098]"
  })
  void beyondLoopbackOnlyTheEmulatorIsReached(String target, String reason) throws Exception {
    var everywhere = new InetSocketAddress("0.0.0.0", 0);
    var settings =
        ProxySettings.of(everywhere, nowhere).serving(Set.of("build.example"), Set.of(9098));
    try (var open = ConnectProxy.start(settings);
        var client = Peer.connect(Peer.loopback(open.address().getPort()))) {
      assertThat(client.ask(target).readToEnd()).startsWith("HTTP/1.1 403 ").contains(reason);
    }
  }

  @Test
  void beyondLoopbackTheEmulatorsOwnPortsAreReached() throws Exception {
    try (var own = new ServerSocket(0)) {
      var settings = ProxySettings.of(new InetSocketAddress("0.0.0.0", 0), nowhere)
          .serving(Set.of("build.example"), Set.of(own.getLocalPort()));
      try (var open = ConnectProxy.start(settings);
          var client = Peer.connect(Peer.loopback(open.address().getPort()))) {
        client.ask("build.example:" + own.getLocalPort());
        assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void hostToListenOnThatDoesNotResolveIsReported() {
    var unknown = InetSocketAddress.createUnresolved("no-such-host.invalid", 0);
    assertThatThrownBy(() -> ProxySettings.of(unknown, nowhere))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  private String answerTo(String request) throws Exception {
    try (var client = Peer.connect(proxy.address()).send(request)) {
      return client.readToEnd();
    }
  }

  private static String connect(String target) {
    return "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
  }
}
