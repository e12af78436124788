package io.github.datasphere.emulator.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dkills=200} for the long version, {@code -Dkills.seed=N} to repeat one. */
@EnabledOnOs(OS.LINUX)
class KilledServerIT {
  @TempDir
  Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void serverThatIsKilledKeepsWhatItAcknowledged() throws Exception {
    var seed = Long.getLong("kills.seed", new Random().nextLong());
    var harness = new KillHarness(folder, seed);
    assertThat(harness.run(Integer.getInteger("kills", 5))).as("seed %d", seed).isEmpty();
  }
}
