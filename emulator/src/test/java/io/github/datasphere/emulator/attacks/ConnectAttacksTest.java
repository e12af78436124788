package io.github.datasphere.emulator.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.gateway.Peer;
import io.github.datasphere.emulator.gateway.proxy.ConnectProxy;
import io.github.datasphere.emulator.gateway.proxy.ProxySettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody of the network wants to reach, through the CONNECT port, what trusts this machine. */
class ConnectAttacksTest {
  /** {@code PORT} is that of a program that listens at loopback and is none of ours. */
  private static final String TARGETS = """
      localhost:PORT
      LOCALHOST:PORT
      localhost.:PORT
      LocalHost.:PORT
      localhost.localdomain:PORT
      127.0.0.1:PORT
      127.0.0.1.:PORT
      127.0.0.2:PORT
      127.1:PORT
      127.0.1:PORT
      127.000.000.001:PORT
      0177.0.0.1:PORT
      0x7f.0.0.1:PORT
      0x7f000001:PORT
      2130706433:PORT
      017700000001:PORT
      0.0.0.0:PORT
      0:PORT
      [::1]:PORT
      [::]:PORT
      [0:0:0:0:0:0:0:1]:PORT
      [::ffff:127.0.0.1]:PORT
      [::ffff:7f00:1]:PORT
      [::127.0.0.1]:PORT
      [64:ff9b::7f00:1]:PORT
      [fe80::1]:PORT
      127.0.0.1.nip.io:PORT
      localtest.me:PORT
      build.example:PORT
      BUILD.EXAMPLE.:PORT
      datasphere.api.cloud.yandex.net:PORT
      datasphere.api.cloud.yandex.net.:PORT
      x.datasphere.api.cloud.yandex.net:PORT
      datasphere.api.cloud.yandex.net.evil.example:PORT
      169.254.169.254:80
      metadata.google.internal:80
      10.0.0.1:22
      192.168.0.1:22
      [fd00::1]:22
      example.com:443
      user@localhost:PORT
      localhost:PORT@example.com
      localhost:PORT#datasphere.api.cloud.yandex.net:443
      localhost:PORT/datasphere.api.cloud.yandex.net:443
      datasphere.api.cloud.yandex.net:443:PORT
      datasphere.api.cloud.yandex.net\0.localhost:PORT
      localhost\\:PORT
      localhost%00:PORT
      localhost: PORT
      localhost:+PORT
      localhost:-1
      localhost:0
      localhost:65536
      localhost:4294967338
      """;

  private ServerSocket victim;
  private ServerSocket own;
  private ConnectProxy proxy;

  @BeforeEach
  void open() throws Exception {
    victim = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    own = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var settings = ProxySettings.of(
            new InetSocketAddress("0.0.0.0", 0),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), own.getLocalPort()))
        .serving(Set.of("build.example"), Set.of(own.getLocalPort()));
    proxy = ConnectProxy.start(settings);
  }

  @AfterEach
  void close() throws Exception {
    for (var part : new AutoCloseable[] {proxy, victim, own}) {
      if (part != null) {
        part.close();
      }
    }
  }

  static Stream<String> targets() {
    return TARGETS.lines();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void fromBeyondLoopbackNothingButTheEmulatorIsReached(String target) throws Exception {
    var asked = target.replace("PORT", Integer.toString(victim.getLocalPort()));
    try (var client = Peer.connect(Peer.loopback(proxy.address().getPort()))) {
      client.send(
          "CONNECT " + asked + " HTTP/1.1\r\nHost: localhost:" + own.getLocalPort() + "\r\n\r\n");

      assertThat(client.readToEnd()).matches("(?s)HTTP/1\\.1 (400|403) .*");
    }
    assertUnreached();
  }

  /** The request line counts, and what a field says or another request in it does not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECT example.com:443 HTTP/1.1\r\nHost: build.example:OWN\r\n\r\n",
        "CONNECT example.com:443\r\nHost: x HTTP/1.1\r\n\r\n",
        "CONNECT example.com:443 HTTP/1.1\nHost: x\n\nCONNECT localhost:PORT HTTP/1.1\n\n",
        " CONNECT localhost:PORT HTTP/1.1\r\n\r\n",
        "connect localhost:PORT HTTP/1.1\r\n\r\n",
        "GET http://localhost:PORT/ HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
        "POST http://localhost:PORT/ HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        "OPTIONS localhost:PORT HTTP/1.1\r\n\r\n",
        "CONNECT /var/run/docker.sock HTTP/1.1\r\n\r\n",
        "CONNECT unix:/var/run/docker.sock HTTP/1.1\r\n\r\n",
        "CONNECT file:///etc/passwd HTTP/1.1\r\n\r\n"
      })
  void noOtherFormOfARequestReachesIt(String request) throws Exception {
    var asked = request
        .replace("PORT", Integer.toString(victim.getLocalPort()))
        .replace("OWN", Integer.toString(own.getLocalPort()));
    try (var client = Peer.connect(Peer.loopback(proxy.address().getPort()))) {
      client.send(asked);

      assertThat(client.readToEnd()).matches("(?s)HTTP/1\\.1 (400|403|405) .*");
    }
    assertUnreached();
  }

  private void assertUnreached() throws Exception {
    for (var one : new ServerSocket[] {victim, own}) {
      one.setSoTimeout(1);
      assertThatThrownBy(one::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }
}
