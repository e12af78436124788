package io.github.datasphere.emulator.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.EmulatorException;
import io.github.datasphere.emulator.config.AccessConfig;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.NetworkConfig;
import io.github.datasphere.emulator.http.HttpPorts;
import io.github.datasphere.emulator.server.Exposure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports that others than this machine can reach. */
class OpenPortsTest {
  private static final AccessConfig LISTED =
      new AccessConfig(TokenAttacksTest.secrets("alice"), List.of(), Map.of());
  private static final AccessConfig OPEN =
      new AccessConfig(List.of(), List.of(), Map.of(), List.of(), Optional.empty(), Map.of(), true);

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void portsAreNotOpenedToOthersUnlessThatIsMeant(String bind) {
    assertThatThrownBy(() -> start(bind, AccessConfig.defaults()))
        .isInstanceOf(EmulatorException.class)
        .hasMessageContainingAll("--bind " + bind, "tokens: {accepted:", "--open");
  }

  @Test
  void theRefusalSaysWhatOthersMightDo() {
    assertThatThrownBy(() -> Emulator.start(config("0.0.0.0", AccessConfig.defaults())))
        .hasMessageContainingAll("run any command as user " + System.getProperty("user.name"));
  }

  @Test
  void listedTokensOrASwitchOpenThem() {
    start("0.0.0.0", LISTED).close();
    start("0.0.0.0", OPEN).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
  void loopbackAsksForNothing(String bind) {
    assertThat(Exposure.isOpen(config(bind, AccessConfig.defaults()).network())).isFalse();
  }

  @Test
  void theAddressesOfOthersAreNotLoopback() throws Exception {
    var network = config("0.0.0.0", OPEN).network();

    assertThat(Exposure.addresses(network)).doesNotContain("127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(Exposure.addresses(config("192.0.2.1", OPEN).network()))
        .containsExactly("192.0.2.1");
  }

  private static Emulator start(String bind, AccessConfig access) {
    return Emulator.testDouble(config(bind, access), false, new HttpPorts(0));
  }

  private static EmulatorConfig config(String bind, AccessConfig access) {
    return EmulatorConfig.onFreePorts()
        .with(access)
        .with(new NetworkConfig(bind, Optional.empty(), 0, 0, 0, 0, false));
  }
}
