package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.runner.docker.RealEngine;
import io.github.datasphere.emulator.runner.docker.TcpRelay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console shows when the engine goes away from under a job. */
class EngineGoneFromRunIT {
  @TempDir
  Path folder;

  @Test
  void aRunThatLosesItsEngineSaysSoInSentences() throws Exception {
    var errors = errorsOfALostRun("--log-level", "warn");

    assertThat(errors).contains("went away while the job ran", "execute the job again");
    assertThat(errors).doesNotContain("\tat ", "Caused by:");
  }

  @Test
  void atLevelDebugTheTraceIsThere() throws Exception {
    assertThat(errorsOfALostRun("--log-level", "debug")).contains("\tat ");
  }

  private String errorsOfALostRun(String... more) throws Exception {
    Files.writeString(
        folder.resolve("job.yaml"), "name: lost\ncmd: bash -c 'echo ready; sleep 1000'\n");
    try (var relay = new TcpRelay(RealEngine.socket())) {
      var variables = new HashMap<>(relay.environment());
      variables.put("DATASPHERE_EMULATOR_RUNNER", "docker");
      variables.put("DATASPHERE_EMULATOR_DEFAULT_IMAGE", RealEngine.image());
      try (var run = Launched.onClassPath(
          folder, variables, "run", "job.yaml", more[0], more[1], "--log-dir", "logs")) {
        run.awaitOutput("ready");
        relay.close();
        assertThat(run.exitCode()).isNotZero();
        return run.stderr();
      }
    }
  }
}
