package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypesCommandTest {
  @TempDir
  Path folder;

  private Shell shell;

  @BeforeEach
  void openShell() {
    shell = new Shell(folder);
  }

  @Test
  void listsWhatEachTypeAsksForAndGets() {
    assertThat(shell.run("types")).isZero();
    var cpus = Math.min(4, Runtime.getRuntime().availableProcessors());
    assertThat(shell.out())
        .containsPattern("(?m)^c1\\.4 +4 +32 +- +" + cpus + " +[\\d.]+ +-$")
        .containsPattern("(?m)^g2\\.8 +224 +952 +8 x A100 +");
  }

  @Test
  void strictRefusesWhatIsLargerThanThisMachine() {
    assertThat(shell.run("types", "--fit", "strict")).isZero();
    assertThat(shell.out())
        .containsPattern("(?m)^g2\\.8 .* refused: larger than this machine \\(--fit strict\\)$");
  }

  @Test
  void ownTypesAndTheOfferAreShown() throws IOException {
    Files.writeString(folder.resolve("datasphere-emulator.yaml"), """
        instance-types:
          offered: [tiny.1]
          own:
            tiny.1: {cpus: 1, memory: 1536m}
        """);
    assertThat(shell.run("types")).isZero();
    assertThat(shell.out())
        .containsPattern("(?m)^tiny\\.1 +1 +1\\.5 +- +1 +1\\.5 +-$")
        .containsPattern("(?m)^c1\\.4 .* not offered \\(instance-types\\.offered\\)$");
  }

  @Test
  void anOfferOfAnUnknownTypeIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("datasphere-emulator.yaml"), "instance-types: {offered: [c9.9]}\n");
    assertThat(shell.run("types")).isEqualTo(2);
    assertThat(shell.err()).contains("c9.9").contains("instance-types.offered");
  }
}
