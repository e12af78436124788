package io.github.datasphere.emulator.bench;

import io.grpc.ManagedChannelBuilder;
import java.util.List;

/**
 * Row 7 once more: the log of a container that prints fast, beside what the engine itself gives.
 */
final class DockerLogThroughput implements BenchRow {
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 5;
  private static final int BUFFER = 1 << 20;

  @Override
  public int number() {
    return 7;
  }

  @Override
  public String figure() {
    return "log of a container to the client, 95 MiB";
  }

  @Override
  public Result measure() throws Exception {
    try (var emulator = Containers.server()) {
      var channel = ManagedChannelBuilder.forTarget(emulator.addresses().grpc())
          .usePlaintext()
          .build();
      var ours = new double[ROUNDS];
      var theirs = new double[ROUNDS];
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        var job = LogThroughput.ofJob(channel);
        var bare = bare();
        if (round >= 0) {
          ours[round] = job;
          theirs[round] = bare;
        }
      }
      channel.shutdownNow();
      return Result.of(
          Quantity.median(ours, "MB/s"),
          "docker run --rm --log-driver=none IMAGE, read from its pipe",
          Quantity.median(theirs, "MB/s"),
          Aim.atLeastTimesPeer(0.5));
    }
  }

  /** From the first byte to the last. */
  private static double bare() throws Exception {
    var run = Containers.run(List.of("--log-driver=none"), "bash", "-c", LogThroughput.PRINT);
    var buffer = new byte[BUFFER];
    long bytes = 0;
    long start = 0;
    long last = 0;
    try (var out = run.getInputStream()) {
      for (int count; (count = out.read(buffer)) >= 0; bytes += count) {
        last = System.nanoTime();
        start = start == 0 ? last : start;
      }
    }
    Containers.end(run);
    return bytes / 1e6 / ((last - start) / 1e9);
  }
}
