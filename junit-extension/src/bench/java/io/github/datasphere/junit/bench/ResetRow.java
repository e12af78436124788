package io.github.datasphere.junit.bench;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.bench.Aim;
import io.github.datasphere.emulator.bench.BenchRow;
import io.github.datasphere.emulator.bench.Result;
import java.util.ArrayList;

/** Row 3: resets of one emulator, each of a world with a job in it. */
final class ResetRow implements BenchRow {
  private static final int RESETS = 10_000;
  private static final int EACH = 100;
  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public int number() {
    return 3;
  }

  @Override
  public String figure() {
    return "reset of a world with a job, p99 of the last 5,000 of 10,000";
  }

  @Override
  public Result measure() throws Exception {
    var millis = new ArrayList<Double>();
    try (var emulator = Emulator.inProcess()) {
      var channel = emulator.channel();
      var jobs = Peers.stub(channel);
      for (int i = 0; i < RESETS; i++) {
        Peers.execute(jobs, Peers.create(jobs));
        var start = System.nanoTime();
        emulator.reset();
        millis.add((System.nanoTime() - start) / NANOS_PER_MILLI);
      }
      channel.shutdownNow();
    }
    var all = new Rounds(millis.stream().mapToDouble(Double::doubleValue).toArray());
    return Result.of(
        all.part(RESETS / 2, RESETS / 2).quantile(0.99),
        "median of the first 100",
        all.part(0, EACH).median(),
        Aim.atMost(2, "ms"));
  }
}
