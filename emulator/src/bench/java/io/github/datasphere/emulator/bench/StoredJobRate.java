package io.github.datasphere.emulator.bench;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Row 14: how many scripted jobs a second are created, executed and asked for over TCP if all of
 * them are stored, beside the same without a data directory.
 */
final class StoredJobRate implements BenchRow {
  private static final int CALLERS = 32;
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 3_000_000_000L;

  @Override
  public int number() {
    return 14;
  }

  @Override
  public String figure() {
    return "stored scripted jobs over TCP, 32 callers";
  }

  @Override
  public Result measure() throws Exception {
    var folder = Files.createTempDirectory("bench-jobs");
    var scripted = scripted();
    try (var stored = Emulator.start(scripted.inDataDir(folder.resolve("data")));
        var inMemory = Emulator.start(scripted)) {
      var channel = channel(stored);
      var floor = channel(inMemory);
      try {
        return compare(channel, floor);
      } finally {
        channel.shutdownNow();
        floor.shutdownNow();
      }
    } finally {
      UploadRow.delete(folder);
    }
  }

  static EmulatorConfig scripted() {
    var config = EmulatorConfig.onFreePorts();
    return config.with(config.jobs().with(RunnerKind.SCRIPTED));
  }

  static io.grpc.ManagedChannel channel(Emulator emulator) {
    return ManagedChannelBuilder.forTarget(emulator.addresses().grpc())
        .usePlaintext()
        .build();
  }

  private static Result compare(Channel stored, Channel inMemory) throws Exception {
    var measured = new double[ROUNDS];
    var peer = new double[ROUNDS];
    // The first round warms both up
    for (int round = -1; round < ROUNDS; round++) {
      var ours = rate(stored);
      var theirs = rate(inMemory);
      if (round >= 0) {
        measured[round] = ours;
        peer[round] = theirs;
      }
    }
    return Result.of(
        Quantity.median(measured, "jobs/s"), "in memory", Quantity.median(peer, "jobs/s"));
  }

  /** Jobs a second. */
  static double rate(Channel channel) throws Exception {
    var pool = Executors.newFixedThreadPool(CALLERS);
    try {
      var start = System.nanoTime();
      var end = start + ROUND_NANOS;
      Callable<Long> caller = () -> runUntil(end, Services.stub(channel));
      long jobs = 0;
      for (var done :
          pool.invokeAll(IntStream.range(0, CALLERS).mapToObj(i -> caller).toList())) {
        jobs += done.get();
      }
      return jobs * 1e9 / (System.nanoTime() - start);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a caller failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static long runUntil(long end, ProjectJobServiceBlockingStub jobs) throws Exception {
    long done = 0;
    while (System.nanoTime() < end) {
      var id = Services.create(jobs, "true");
      Services.execute(jobs, id);
      jobs.get(Services.get(id));
      done++;
    }
    return done;
  }
}
