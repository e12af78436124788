package io.github.datasphere.emulator.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;

/** How much heap a large upload takes, garbage included. */
final class UploadHeapRow implements BenchRow {
  private static final double MEBIBYTE = 1 << 20;

  @Override
  public int number() {
    return 8;
  }

  @Override
  public String figure() {
    return "heap taken during the 2 GiB upload";
  }

  @Override
  public Result measure() throws Exception {
    var sha256 = Upload.sha256();
    var directory = Files.createTempDirectory("bench-upload");
    var sampler = Executors.newSingleThreadScheduledExecutor();
    try {
      System.gc();
      long before = used();
      var most = new LongAccumulator(Math::max, before);
      sampler.scheduleAtFixedRate(() -> most.accumulate(used()), 0, 10, TimeUnit.MILLISECONDS);
      UploadServers.ours(directory.resolve("store"), sha256);
      most.accumulate(used());
      return new Result(
          new Quantity((most.get() - before) / MEBIBYTE, "MB"),
          null,
          List.of(Aim.atMost(16, "MB")));
    } finally {
      sampler.shutdownNow();
      UploadRow.delete(directory);
    }
  }

  private static long used() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
