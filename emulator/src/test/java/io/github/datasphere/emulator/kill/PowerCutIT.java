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

/** {@code -Dcuts=1000} for the long version, {@code -Dcuts.seed=N} to repeat one. */
@EnabledOnOs(OS.LINUX)
class PowerCutIT {
  @TempDir
  Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void serverWhosePowerIsCutStartsAgainWithWholeFiles() throws Exception {
    Preload.assumeBuildable();
    var seed = Long.getLong("cuts.seed", new Random().nextLong());
    var harness = new PowerCutHarness(folder, seed);
    assertThat(harness.run(Integer.getInteger("cuts", 24))).as("seed %d", seed).isEmpty();
  }
}
