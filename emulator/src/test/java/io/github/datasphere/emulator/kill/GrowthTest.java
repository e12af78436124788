package io.github.datasphere.emulator.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowthTest {
  private final Growth growth = new Growth("idle", Growth.CACHE_KILOBYTES, 20);

  @Test
  void aLeakThatGoesOnIsTold() {
    for (int i = 0; i < 10; i++) {
      growth.add(figures(30 + 15 * i));
    }

    assertThat(growth.grown())
        .containsExactly(
            "idle, servers took 60 threads, later 150; more of: worker-N (threads) +120");
  }

  @Test
  void figuresThatGoUpAndDownAreNoLeak() {
    for (int i = 0; i < 10; i++) {
      growth.add(figures(i % 2 == 0 ? 30 : 90));
    }

    assertThat(growth.grown()).isEmpty();
  }

  @Test
  void theFirstServerHadNothingToDo() {
    growth.add(figures(1));
    for (int i = 0; i < 10; i++) {
      growth.add(figures(90));
    }

    assertThat(growth.grown()).isEmpty();
  }

  private static ServerFigures figures(int threads) {
    return new ServerFigures(
        20_000, 200_000, threads, 100, 0, 0, Map.of("worker-N (threads)", (long) threads));
  }
}
