package io.github.datasphere.emulator.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.attacks.StalledPeers.Attack;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.gateway.GrpcPeers;
import io.github.datasphere.emulator.gateway.Peer;
import io.github.datasphere.emulator.http.HttpPorts;
import java.io.IOException;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that stop within a handshake or a tunnel, or say there what nobody should: they are ended
 * or wait, and whoever comes after them is served, by the TLS port and through the CONNECT port.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StalledPeersTest {
  private Emulator emulator;

  @BeforeAll
  void start() {
    emulator = Emulator.testDouble(EmulatorConfig.onFreePorts(), true, new HttpPorts(0));
  }

  @AfterAll
  void stop() {
    if (emulator != null) {
      emulator.close();
    }
  }

  static Stream<Attack> waiting() {
    return StalledPeers.waiting();
  }

  static Stream<Attack> ended() {
    return StalledPeers.ended();
  }

  @ParameterizedTest
  @MethodSource("waiting")
  void othersAreServedWhileManyWait(Attack attack) throws Exception {
    try (var crowd = new StalledPeers(emulator.addresses())) {
      attack.deed().by(crowd);

      assertOthersAreServed();
    }
  }

  @ParameterizedTest
  @MethodSource("ended")
  void isEndedInTheProtocolsWordsAndOthersAreServed(Attack attack) throws Exception {
    try (var crowd = new StalledPeers(emulator.addresses())) {
      try {
        attack.deed().by(crowd);
      } catch (SocketException e) {
        // It was ended before it had said all
      }

      assertThat(heard(crowd.last())).matches(attack.heard());
      assertOthersAreServed();
    }
  }

  private void assertOthersAreServed() throws Exception {
    var addresses = emulator.addresses();
    var proxy = Peer.loopback(addresses.proxy().getPort());
    for (var target : new String[] {"datasphere.api.cloud.yandex.net:443", addresses.tls()}) {
      assertThat(GrpcPeers.askHealth(target, proxy, addresses.certificate())).isEqualTo("SERVING");
    }
  }

  /** All that comes to the end; the end may be a reset. */
  private static String heard(Peer peer) throws IOException {
    var heard = new StringBuilder();
    try {
      var in = peer.socket().getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        heard.append(new String(new byte[] {(byte) next}, ISO_8859_1));
      }
    } catch (SocketException e) {
      heard.append("(reset)");
    }
    return heard.toString();
  }
}
