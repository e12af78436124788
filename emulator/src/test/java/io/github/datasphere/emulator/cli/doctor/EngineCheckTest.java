package io.github.datasphere.emulator.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.cli.doctor.Finding.Level;
import io.github.datasphere.emulator.config.RunnerKind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCheckTest {
  private static final String VERSION = """
      HTTP/1.0 200 OK\r
      Content-Type: application/json\r
      \r
      {"Components":[{"Name":"runc","Version":"1.1"}],"Version":"20.10.24","ApiVersion":"1.41"}
      """;

  @TempDir
  Path folder;

  @Test
  void anEngineIsNamedWithItsVersions() throws Exception {
    assertThat(askOneThatSays(VERSION))
        .isEqualTo(Finding.ok("engine 20.10.24, API 1.41, at " + folder.resolve("s")));
  }

  @Test
  void somethingElseAtItsSocketIsNoted() throws Exception {
    var finding = askOneThatSays("220 mail ready\r\n");
    assertThat(finding.level()).isEqualTo(Level.NOTE);
    assertThat(finding.text()).contains("no container engine: 220 mail ready");
  }

  @Test
  void aMissingEngineIsAProblemOnlyIfDockerIsAskedFor() {
    assertThat(ask(RunnerKind.AUTO, "unix://" + folder.resolve("s")).level()).isEqualTo(Level.NOTE);
    var finding = ask(RunnerKind.DOCKER, "unix://" + folder.resolve("s"));
    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
    assertThat(finding.text()).contains("no engine answers at " + folder.resolve("s"));
  }

  @Test
  void anAddressOfAnotherKindIsAProblem() {
    assertThat(ask(RunnerKind.AUTO, "ftp://x").text()).contains("neither unix:// nor tcp://");
  }

  private Finding askOneThatSays(String answer) throws IOException, InterruptedException {
    var address = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
      var engine = new Thread(() -> {
        try (var connection = server.accept()) {
          connection.read(ByteBuffer.allocate(1000));
          connection.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      });
      engine.start();
      var finding = ask(RunnerKind.AUTO, "unix://" + address.getPath());
      engine.join();
      return finding;
    }
  }

  private static Finding ask(RunnerKind runner, String host) {
    return new EngineCheck(Map.of("DOCKER_HOST", host), runner).run().get(0);
  }
}
