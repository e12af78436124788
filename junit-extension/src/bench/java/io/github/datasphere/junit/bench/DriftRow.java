package io.github.datasphere.junit.bench;

import io.github.datasphere.emulator.bench.Aim;
import io.github.datasphere.emulator.bench.BenchRow;
import io.github.datasphere.emulator.bench.Result;

/** Row 2: whether tests get slower the more there have been. */
final class DriftRow implements BenchRow {
  private static final int WARM_UP = 2_000;
  private static final int EACH = 500;
  private static final int BETWEEN = 5_000;

  @Override
  public int number() {
    return 2;
  }

  @Override
  public String figure() {
    return "the same after 5,000 more test doubles";
  }

  @Override
  public Result measure() throws Exception {
    Rounds.of(WARM_UP, Peers::fortnightOfOurs);
    var all = Rounds.of(EACH + BETWEEN + EACH, Peers::fortnightOfOurs);
    return Result.of(
        all.part(EACH + BETWEEN, EACH).median(),
        "before them",
        all.part(0, EACH).median(),
        Aim.atMostTimesPeer(1.2));
  }
}
