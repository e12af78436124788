package io.github.datasphere.junit.bench;

import io.github.datasphere.emulator.bench.Aim;
import io.github.datasphere.emulator.bench.BenchRow;
import io.github.datasphere.emulator.bench.Result;

/** Row 2: what a whole class of tests takes, in a JVM of its own. */
final class SampleClassRow implements BenchRow {
  private static final int ROUNDS = 3;

  private final boolean parallel;

  private SampleClassRow(boolean parallel) {
    this.parallel = parallel;
  }

  static SampleClassRow inSequence() {
    return new SampleClassRow(false);
  }

  static SampleClassRow inParallel() {
    return new SampleClassRow(true);
  }

  @Override
  public int number() {
    return 2;
  }

  @Override
  public String figure() {
    return "cold JVM: a class of 200 tests" + (parallel ? ", in parallel" : "");
  }

  @Override
  public Result measure() throws Exception {
    var millis = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      millis[round] =
          OtherJvm.run(SampleRun.class, "1", Boolean.toString(parallel)).millis()[0];
    }
    return Result.of(new Rounds(millis).quantile(0.5), Aim.atMost(3_000, "ms"));
  }
}
