package io.github.datasphere.junit.bench;

import io.github.datasphere.emulator.bench.Aim;
import io.github.datasphere.emulator.bench.BenchRow;
import io.github.datasphere.emulator.bench.Result;

/** Row 2: whether a class gets slower, the more often it has run in its JVM. */
final class RepeatedClassRow implements BenchRow {
  private static final int RUNS = 50;
  private static final int WARM = 10;
  private static final int EACH = 5;

  @Override
  public int number() {
    return 2;
  }

  @Override
  public String figure() {
    return "the same class 50 times in one JVM, each of the last 5";
  }

  @Override
  public Result measure() throws Exception {
    var runs = OtherJvm.run(SampleRun.class, Integer.toString(RUNS), "false");
    return Result.of(
        runs.part(RUNS - EACH, EACH).quantile(0.5),
        "each of runs 11 to 15",
        runs.part(WARM, EACH).quantile(0.5),
        Aim.atMostTimesPeer(1.2));
  }
}
