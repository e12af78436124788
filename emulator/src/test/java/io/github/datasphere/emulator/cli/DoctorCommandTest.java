package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  private static final String[] FREE_PORTS = {
    "doctor", "--grpc-port=0", "--http-port=0", "--tls-port=0", "--proxy-port=0"
  };

  @TempDir
  Path folder;

  @Test
  void saysOfEachPartWhetherItWorks() {
    var shell = new Shell(folder, Map.of("DOCKER_HOST", "unix:///nowhere/docker.sock"));
    assertThat(shell.run(FREE_PORTS)).isZero();
    assertThat(shell.out())
        .containsPattern("(?m)^Java +ok +Java " + Runtime.version().feature())
        .containsPattern(
            "(?m)^Docker +note +no container engine answers at unix:///nowhere/docker.sock")
        .containsPattern("(?m)^ +-> start Docker")
        .containsPattern("(?m)^Ports +ok ")
        .containsPattern("(?m)^Storage +ok ");
  }

  @Test
  void aProblemGivesAnExitCode() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var shell = new Shell(folder);
      var args = FREE_PORTS.clone();
      args[1] = "--grpc-port=" + taken.getLocalPort();
      assertThat(shell.run(args)).isEqualTo(1);
      assertThat(shell.out()).containsPattern("(?m)^Ports +BAD ").contains("--grpc-port");
    }
  }
}
