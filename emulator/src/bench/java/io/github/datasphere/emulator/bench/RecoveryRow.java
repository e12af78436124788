package io.github.datasphere.emulator.bench;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Until a server with a million finished jobs in its data directory serves. */
final class RecoveryRow implements BenchRow {
  private static final int JOBS = 1_000_000;
  private static final int ROUNDS = 5;

  @Override
  public int number() {
    return 9;
  }

  @Override
  public String figure() {
    return "start with 1 M finished jobs";
  }

  @Override
  public Result measure() throws Exception {
    var full = BenchFolders.of("data", RecoveryRow::fill);
    var empty = BenchFolders.of("empty", folder -> {});
    var ours = new double[ROUNDS];
    var peer = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      var none = millis(empty);
      var many = millis(full);
      if (round >= 0) {
        ours[round] = many;
        peer[round] = none;
      }
    }
    return Result.of(
        Quantity.median(ours, "ms"),
        "without jobs",
        Quantity.median(peer, "ms"),
        Aim.atMost(Duration.ofSeconds(3).toMillis(), "ms"));
  }

  private static void fill(Path folder) throws Exception {
    var state = Files.createDirectories(folder.resolve("state"));
    try (var files = Files.list(ListRow.directory(JOBS))) {
      for (var file : files.toList()) {
        Files.copy(file, state.resolve(file.getFileName()));
      }
    }
  }

  private static double millis(Path data) {
    var config = EmulatorConfig.onFreePorts().inDataDir(data);
    var start = System.nanoTime();
    try (var emulator = Emulator.start(config.with(config.jobs().with(RunnerKind.PROCESS)))) {
      if (emulator.addresses().grpc().isEmpty()) {
        throw new IllegalStateException("it does not serve");
      }
      return (System.nanoTime() - start) / 1e6;
    }
  }
}
