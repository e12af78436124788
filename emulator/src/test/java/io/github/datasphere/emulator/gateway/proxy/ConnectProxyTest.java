package io.github.datasphere.emulator.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.gateway.GrpcPeers;
import io.github.datasphere.emulator.gateway.Peer;
import io.github.datasphere.emulator.gateway.tls.CertificateAuthority;
import io.github.datasphere.emulator.gateway.tls.TlsPort;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the CONNECT port leads, with real clients and servers on loopback. */
class ConnectProxyTest {
  private static final int MANY = 1000;

  private ServerSocket server;
  private ConnectProxy proxy;

  @BeforeEach
  void open() throws Exception {
    server = new ServerSocket(0, 1024, Peer.loopback(0).getAddress());
    proxy = ConnectProxy.start(ProxySettings.of(Peer.loopback(0), Peer.loopback(serverPort())));
  }

  @AfterEach
  void close() throws Exception {
    proxy.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "datasphere.api.cloud.yandex.net:443",
        "operation.api.cloud.yandex.net:443",
        "iam.api.cloud.yandex.net:443",
        "api.cloud.yandex.net:443",
        "datasphere.api.cloud-preprod.yandex.net:443",
        "operation.api.cloud-preprod.yandex.net:443",
        "iam.api.cloud-preprod.yandex.net:443",
        "api.cloud-preprod.yandex.net:443",
        "datasphere.api.cloud.yandex.net",
        "datasphere.api.cloud.yandex.net:",
        "DataSphere.API.cloud.yandex.net:443",
        "datasphere.api.cloud.yandex.net.:443"
      })
  void officialHostsLeadToTheTlsPort(String host) throws Exception {
    assertThat(conversation(host)).isEqualTo("hello");
  }

  @Test
  void localhostAndItsAddressAreTunnelledToAnyPort() throws Exception {
    assertThat(conversation("localhost:" + serverPort())).isEqualTo("hello");
    assertThat(conversation("127.0.0.1:" + serverPort())).isEqualTo("hello");
  }

  @Test
  void otherHostsAreTunnelledOnward() throws Exception {
    // The machine's own name stands for a foreign one: no name of loopback, yet reachable here.
    try (var everywhere = new ServerSocket(0)) {
      var name = "0.0.0.0:" + everywhere.getLocalPort();
      try (var client = Peer.connect(proxy.address()).ask(name);
          var far = Peer.of(everywhere.accept())) {
        client.readHead();
        far.send("onward");
        assertThat(client.read(6)).isEqualTo("onward");
      }
    }
  }

  @Test
  void answerIsAStatusLineAloneAndThenTheServersBytes() throws Exception {
    try (var client = Peer.connect(proxy.address()).ask("localhost:" + serverPort());
        var far = Peer.of(server.accept())) {
      far.send("raw bytes").end();
      assertThat(client.end().readToEnd())
          .isEqualTo("HTTP/1.1 200 Connection established\r\n\r\nraw bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // C-core, Java and Node, in this order (docs/clients.md 8.8)
        "Host: h:443\r\nUser-Agent: grpc-httpcli/0.0\r\n",
        "host: h:443\r\n",
        "Host: h:443\r\nConnection: keep-alive\r\nProxy-Authorization: Basic dTpw\r\n",
        ""
      })
  void requestsOfAllClientsAreUnderstood(String fields) throws Exception {
    try (var client = Peer.connect(proxy.address())) {
      client.send("CONNECT datasphere.api.cloud.yandex.net:443 HTTP/1.1\r\n" + fields + "\r\n");
      assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void requestMayArriveByteByByte() throws Exception {
    try (var client = Peer.connect(proxy.address())) {
      for (var c : ("CONNECT localhost:" + serverPort() + " HTTP/1.1\r\n\r\n").toCharArray()) {
        client.send(String.valueOf(c));
      }
      assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void grpcClientIsServedUnderThePublicName(@TempDir Path folder) throws Exception {
    var authority = CertificateAuthority.open(folder, Clock.systemUTC());
    var grpc = GrpcPeers.serve(TlsPort.credentials(authority, Set.of()));
    var settings = ProxySettings.of(Peer.loopback(0), Peer.loopback(grpc.getPort()));
    try (var way = ConnectProxy.start(settings)) {
      var target = "datasphere.api.cloud.yandex.net:443";
      assertThat(GrpcPeers.askHealth(target, way.address(), authority.certificateFile()))
          .isEqualTo("SERVING");
      assertThat(GrpcPeers.askHealth(
              "localhost:" + grpc.getPort(), way.address(), authority.certificateFile()))
          .isEqualTo("SERVING");
    } finally {
      grpc.shutdownNow().awaitTermination();
    }
  }

  @Test
  void thousandIdleConnectionsTakeNoThreadAndHinderNobody() throws Exception {
    var threads = Thread.activeCount();
    var idle = new ArrayList<Peer>();
    try {
      for (var i = 0; i < MANY; i++) {
        idle.add(Peer.connect(proxy.address()));
      }
      assertThat(conversation("localhost:" + serverPort())).isEqualTo("hello");
      // Other tests begin some meanwhile, and end them
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(Thread.activeCount()).isLessThan(threads + 100));
    } finally {
      for (var one : idle) {
        one.close();
      }
    }
  }

  @Test
  void closeEndsWhatIsOpen() throws Exception {
    // The waiting one comes first: what is read before the close ends without a reset
    try (var waiting = Peer.connect(proxy.address()).send("CONNECT");
        var client = Peer.connect(proxy.address()).ask("localhost:" + serverPort());
        var far = Peer.of(server.accept())) {
      client.readHead();
      assertThat(leadsToTheServer()).isTrue();
      proxy.close();
      assertThat(List.of(client.readToEnd(), far.readToEnd(), waiting.readToEnd()))
          .containsOnly("");
    }
    assertThat(leadsToTheServer()).isFalse();
  }

  @Test
  void takenPortIsABindException() {
    assertThatThrownBy(() -> ConnectProxy.start(ProxySettings.of(proxy.address(), proxy.address())))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("in use");
  }

  private String conversation(String host) throws Exception {
    try (var client = Peer.connect(proxy.address()).ask(host);
        var far = Peer.of(server.accept())) {
      assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 Connection established");
      client.send("hello");
      var heard = far.read(5);
      far.send(heard);
      return client.read(5);
    }
  }

  /** Asked of the port, not of its being open: once it is closed, another test may have it. */
  private boolean leadsToTheServer() {
    try (var client = Peer.connect(proxy.address()).ask("localhost:" + serverPort())) {
      return client.readHead().startsWith("HTTP/1.1 200 ");
    } catch (IOException refused) {
      return false;
    }
  }

  private int serverPort() {
    return server.getLocalPort();
  }
}
