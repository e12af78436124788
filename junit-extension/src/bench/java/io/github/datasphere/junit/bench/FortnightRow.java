package io.github.datasphere.junit.bench;

import io.github.datasphere.emulator.bench.Aim;
import io.github.datasphere.emulator.bench.BenchRow;
import io.github.datasphere.emulator.bench.Result;

/** Row 2: what each further test pays. */
final class FortnightRow implements BenchRow {
  private static final int OURS = 2_000;
  private static final int MEASURED = 500;
  private static final int TEMPORAL = 60;
  private static final int TEMPORAL_MEASURED = 30;
  private static final int DAYS = 14;

  @Override
  public int number() {
    return 2;
  }

  @Override
  public String figure() {
    return "warm: new test double, create, execute scripted, result, 14 days pass";
  }

  @Override
  public Result measure() throws Exception {
    var temporal = Rounds.of(TEMPORAL, () -> TemporalPeer.run(DAYS));
    var ours = Rounds.of(OURS, Peers::fortnightOfOurs);
    return Result.of(
        ours.part(OURS - MEASURED, MEASURED).median(),
        "Temporal's test environment and a 14-day workflow",
        temporal.part(TEMPORAL - TEMPORAL_MEASURED, TEMPORAL_MEASURED).median(),
        Aim.atMost(2, "ms"));
  }
}
