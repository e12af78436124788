package io.github.datasphere.emulator.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.Capacity;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.Fit;
import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.OwnInstanceType;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.emulator.config.SizingConfig;
import io.github.datasphere.emulator.config.reading.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose instance type is larger than the machine, run as a plain process. */
class StrictSizeTest {
  private static final OwnInstanceType HUGE =
      new OwnInstanceType("huge.1", 100_000, ByteSize.parse("1g"), 0, "", ByteSize.parse("0"));

  @TempDir
  Path folder;

  private final RecordedConsole console = new RecordedConsole();

  @Test
  void strictRefusesItAndSaysWhy() throws Exception {
    assertThat(run(Fit.STRICT)).isEqualTo(1);

    assertThat(console.said())
        .contains(
            "ERROR config.yaml:2: cloud-instance-type: Instance types huge.1 are not available"
                + " for your community: huge.1 asks for more than this machine has, which"
                + " '--fit strict' refuses");
  }

  @Test
  void clampRunsIt() throws Exception {
    assertThat(run(Fit.CLAMP)).as(console.said()).isZero();
  }

  private int run(Fit fit) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("config.yaml"), "cmd: echo\ncloud-instance-type: huge.1\n");
    var config = EmulatorConfig.onFreePorts();
    var standard = config.jobs();
    var jobs = new JobsConfig(
        RunnerKind.PROCESS,
        new SizingConfig(fit, List.of(), List.of(HUGE), Capacity.unlimited()),
        standard.images(),
        standard.missingOutputs(),
        standard.stopAtClose(),
        standard.seed(),
        standard.swarm());
    try (var emulator = Emulator.inProcess(config.with(jobs))) {
      var channel = emulator.channel();
      try {
        var options = RunOptions.of(Path.of("config.yaml"), folder, Map.of())
            .withLogDirectory(folder.resolve("logs"));
        return new JobRun(channel, options, console, Clock.systemUTC()).run();
      } finally {
        channel.shutdownNow();
      }
    }
  }
}
