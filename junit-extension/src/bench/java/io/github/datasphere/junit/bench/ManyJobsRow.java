package io.github.datasphere.junit.bench;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.bench.Aim;
import io.github.datasphere.emulator.bench.BenchRow;
import io.github.datasphere.emulator.bench.Quantity;
import io.github.datasphere.emulator.bench.Result;
import io.github.datasphere.proto.jobs.JobStatus;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Row 10: many jobs that run at once, journal and timelines included. */
final class ManyJobsRow implements BenchRow {
  private static final int JOBS = 10_000;
  private static final double KIBIBYTE = 1 << 10;

  @Override
  public int number() {
    return 10;
  }

  @Override
  public String figure() {
    return "heap for each of 10,000 scripted jobs at once, all of them done";
  }

  @Override
  public Result measure() throws Exception {
    try (var emulator = Emulator.inProcess()) {
      emulator
          .whenExecuted(job -> true)
          .thenRun(script -> script.stdout("epoch 1\n").lasts(Duration.ofHours(1)));
      var channel = emulator.channel();
      var jobs = Peers.stub(channel);
      var before = used();
      for (int i = 0; i < JOBS; i++) {
        Peers.execute(jobs, Peers.create(jobs));
      }
      emulator.clock().advance(Duration.ofHours(1));
      var after = used();
      var done = emulator.jobs().stream()
          .filter(job -> job.getStatus() == JobStatus.SUCCESS)
          .count();
      if (done != JOBS) {
        throw new IllegalStateException("only " + done + " jobs are done");
      }
      channel.shutdownNow();
      return Result.of(new Quantity((after - before) / KIBIBYTE / JOBS, "KB"), Aim.atMost(8, "KB"));
    }
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
