package io.github.datasphere.emulator.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Run by {@code -Psoak} alone: {@code -Dsoak.minutes=60} for an hour, {@code -Dsoak.seed=N} to
 * repeat its choices.
 */
@EnabledOnOs(OS.LINUX)
class SoakIT {
  @TempDir
  Path folder;

  @Test
  @Timeout(value = 2, unit = TimeUnit.DAYS)
  void serverThatWorksForLongKeepsItsPromisesAndTakesNoMore() throws Exception {
    var seed = Long.getLong("soak.seed", new Random().nextLong());
    var harness = new SoakHarness(folder, seed);
    var length = Duration.ofMinutes(Long.getLong("soak.minutes", 60));
    assertThat(harness.run(length)).as("seed %d", seed).isEmpty();
  }
}
