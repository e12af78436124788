package io.github.datasphere.emulator.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsWarmUpTest {
  @TempDir
  Path folder;

  @Test
  void saysHelloToThePort() throws Exception {
    var authority = CertificateAuthority.open(folder, Clock.systemUTC());
    try (var server = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      var heard = CompletableFuture.supplyAsync(() -> firstByte(server));
      TlsWarmUp.of(address(server), authority.certificateFile());

      assertThat(heard.join()).as("type of a TLS record: handshake").isEqualTo(22);
    }
  }

  @Test
  void aPortThatIsClosedIsOfNoConsequence() throws Exception {
    var authority = CertificateAuthority.open(folder, Clock.systemUTC());
    InetSocketAddress closed;
    try (var server = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      closed = address(server);
    }
    assertThatCode(() -> TlsWarmUp.of(closed, authority.certificateFile()))
        .doesNotThrowAnyException();
  }

  private static int firstByte(ServerSocket server) {
    try (var client = server.accept()) {
      return client.getInputStream().read();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static InetSocketAddress address(ServerSocket server) {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }
}
