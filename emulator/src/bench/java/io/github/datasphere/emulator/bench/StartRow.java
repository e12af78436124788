package io.github.datasphere.emulator.bench;

import java.nio.file.Path;
import java.util.List;

/** Row 11: how soon {@code start} answers, from its launcher on, and what it then holds. */
final class StartRow implements BenchRow {
  private static final int ROUNDS = 5;

  private final boolean memory;

  private StartRow(boolean memory) {
    this.memory = memory;
  }

  static StartRow time() {
    return new StartRow(false);
  }

  static StartRow memory() {
    return new StartRow(true);
  }

  @Override
  public int number() {
    return 11;
  }

  @Override
  public String figure() {
    return memory ? "start: resident memory" : "start: launcher to first answer";
  }

  @Override
  public Result measure() throws Exception {
    var ours = new double[ROUNDS];
    var bare = new double[ROUNDS];
    // The first round fills the caches of the machine
    for (int round = -1; round < ROUNDS; round++) {
      var floor = value(ServerStart.measure(StartRow::bare));
      var emulator = value(ServerStart.measure(StartRow::launcher));
      if (round >= 0) {
        bare[round] = floor;
        ours[round] = emulator;
      }
    }
    var unit = memory ? "MB" : "ms";
    return Result.of(
        Quantity.median(ours, unit),
        "bare grpc-netty server",
        Quantity.median(bare, unit),
        Aim.atMost(memory ? 135 : 900, unit));
  }

  private double value(ServerStart start) {
    return memory ? start.residentMegabytes() : start.millis();
  }

  private static List<String> launcher(int port, Path directory) {
    return List.of(
        Path.of(System.getProperty("bench.root"), "emulator", "bin", "datasphere-emulator")
            .toString(),
        "start",
        "--data-dir=" + directory.resolve("data"),
        "--grpc-port=" + port,
        "--http-port=0",
        "--tls-port=0",
        "--proxy-port=0");
  }

  private static List<String> bare(int port, Path directory) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        ServerStart.Bare.class.getName(),
        Integer.toString(port));
  }
}
