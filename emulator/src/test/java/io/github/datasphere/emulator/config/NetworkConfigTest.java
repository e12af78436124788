package io.github.datasphere.emulator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkConfigTest {
  @TempDir
  Path folder;

  @Test
  void defaults() {
    assertThat(Written.in(folder).read().network())
        .isEqualTo(NetworkConfig.defaults())
        .isEqualTo(new NetworkConfig("127.0.0.1", Optional.empty(), 9098, 9099, 9443, 9097, false));
  }

  @Test
  void fullMapping() {
    var yaml = """
        bind: 0.0.0.0
        advertise: build-7
        grpc-port: 1
        http-port: 2
        tls-port: 3
        proxy-port: 0
        offline: yes
        """;
    assertThat(Written.in(folder).yaml(yaml).read().network())
        .isEqualTo(new NetworkConfig("0.0.0.0", Optional.of("build-7"), 1, 2, 3, 0, true));
  }

  @Test
  void rejections() {
    var yaml = """
        bind: http://localhost
        grpc-port: 65536
        http-port: many
        tls-port: [1]
        offline: perhaps
        """;
    assertThat(Written.in(folder).yaml(yaml).problems())
        .containsExactly(
            "datasphere-emulator.yaml:1: bind must be a host name or an address without port,"
                + " not \"http://localhost\"",
            "datasphere-emulator.yaml:2: grpc-port must be a port from 1 to 65535, or 0 for a free"
                + " one, not 65536",
            "datasphere-emulator.yaml:3: http-port: expected a whole number, found \"many\"",
            "datasphere-emulator.yaml:4: tls-port: expected text, found a list",
            "datasphere-emulator.yaml:5: offline: expected true or false, found \"perhaps\"");
  }

  @Test
  void codeIsHeldToTheSameRules() {
    assertThatThrownBy(() -> new NetworkConfig("localhost", Optional.empty(), -1, 0, 0, 0, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("grpc-port must be a port from 1 to 65535, or 0 for a free one, not -1");
  }
}
