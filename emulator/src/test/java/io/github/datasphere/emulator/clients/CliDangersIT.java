package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What docs/troubleshooting.md says of the official command line, seen with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CliDangersIT {
  private Served served;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    served = Served.scripted(folder, "");
    served
        .emulator()
        .whenExecuted(job -> true)
        .thenRun(script -> script.writes("model.bin", "new"));
  }

  @AfterAll
  void stop() {
    if (served != null) {
      served.close();
    }
  }

  @Test
  void aRefusedDownloadLeavesTheOldFileAndExitCode0(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served).file("model.bin", "old");
    var refused = served.emulator().faults().onDownload().always().respondWith(503, "slow down");

    var ended = cli.execute("name: train\ncmd: train\noutputs: [model.bin]\n");

    assertThat(refused.fired()).isPositive();
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("job completed successfully");
    assertThat(cli.read("model.bin")).isEqualTo("old");
  }

  @Test
  void aCreateThatStaysOpenIsWaitedFor(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    var held = served.emulator().faults().on("Create").staysOpenFor(Duration.ofSeconds(1));

    cli.execute("name: train\ncmd: train\n").good();

    assertThat(held.fired()).isEqualTo(1);
  }
}
