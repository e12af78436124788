package io.github.datasphere.emulator.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Preload;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Drounds=50} for the long version, {@code -Drounds.seed=N} to repeat one. */
@EnabledOnOs(OS.LINUX)
class FailingDiskIT {
  @TempDir
  Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void serverWhoseDiskFailsKeepsWhatItAcknowledged() throws Exception {
    Preload.assumeBuildable();
    var seed = Long.getLong("rounds.seed", new Random().nextLong());
    var harness = new DiskHarness(folder, seed);
    assertThat(harness.run(Integer.getInteger("rounds", 3))).as("seed %d", seed).isEmpty();
  }
}
