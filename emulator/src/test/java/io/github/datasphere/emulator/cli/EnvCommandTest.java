package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.cli.env.ClientVariablesTest;
import io.github.datasphere.emulator.cli.env.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvCommandTest {
  @TempDir
  Path folder;

  @Test
  void printsTheVariablesOfTheServerInTheStandardFolder() throws IOException {
    announceIn(folder.resolve("home/.datasphere-emulator"));
    var shell = new Shell(folder, Map.of("NO_PROXY", "mine"));
    assertThat(shell.run("env")).isZero();
    assertThat(shell.out())
        .contains("export grpc_proxy=http://127.0.0.1:4\n")
        .contains("export NO_PROXY=mine,localhost,127.0.0.1,::1\n")
        .contains("export DATASPHERE_EMULATOR_GRPC=127.0.0.1:1\n");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void findsTheServerOfAnotherFolder() throws IOException {
    announceIn(folder.resolve("other"));
    var shell = new Shell(folder);
    assertThat(shell.run("env", "--data-dir", "other", "--format", "json")).isZero();
    assertThat(shell.out()).startsWith("{\n  \"grpc_proxy\": \"http://127.0.0.1:4\",\n");
  }

  @Test
  void saysHowToStartOneIfNoneRuns() {
    var shell = new Shell(folder);
    assertThat(shell.run("env")).isEqualTo(1);
    assertThat(shell.err())
        .contains("no server runs on " + folder.resolve("home/.datasphere-emulator"))
        .contains("datasphere-emulator start")
        .contains("--data-dir");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void anUnknownFormatNamesThoseThereAre() {
    var shell = new Shell(folder);
    assertThat(shell.run("env", "--format", "tcsh")).isEqualTo(2);
    assertThat(shell.err()).contains("expected one of bash, fish, powershell, dotenv, json");
  }

  private static void announceIn(Path dataDir) throws IOException {
    Files.createDirectories(dataDir);
    RunningServer.ofThisProcess(ClientVariablesTest.SETTINGS).announce(dataDir);
  }
}
