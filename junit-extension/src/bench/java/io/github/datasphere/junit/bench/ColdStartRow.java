package io.github.datasphere.junit.bench;

import io.github.datasphere.emulator.bench.Aim;
import io.github.datasphere.emulator.bench.BenchRow;
import io.github.datasphere.emulator.bench.Quantity;
import io.github.datasphere.emulator.bench.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Row 1: what the first test of a run pays. */
final class ColdStartRow implements BenchRow {
  private static final int ROUNDS = 5;
  private static final double NANOS_PER_MILLI = 1e6;

  private final String peer;
  private final String peerName;

  private ColdStartRow(String peer, String peerName) {
    this.peer = peer;
    this.peerName = peerName;
  }

  static ColdStartRow besideGrpc() {
    return new ColdStartRow("grpc", "bare in-process gRPC");
  }

  static ColdStartRow besideTemporal() {
    return new ColdStartRow("temporal", "Temporal's test environment");
  }

  @Override
  public int number() {
    return 1;
  }

  @Override
  public String figure() {
    return "cold JVM: start of the test double to the first answer";
  }

  @Override
  public Result measure() throws Exception {
    var ours = new double[ROUNDS];
    var theirs = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      ours[round] = millis("ours");
      theirs[round] = millis(peer);
    }
    var aims = peer.equals("grpc")
        ? new Aim[] {Aim.atMost(500, "ms"), Aim.atMostTimesPeer(1.5)}
        : new Aim[] {Aim.atMostTimesPeer(1)};
    return Result.of(median(ours), peerName, median(theirs), aims);
  }

  private static double millis(String which) throws IOException, InterruptedException {
    var process = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ColdStart.class.getName(),
            which))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output
        .lines()
        .filter(line -> line.startsWith("nanos "))
        .mapToDouble(line -> Long.parseLong(line.substring("nanos ".length())) / NANOS_PER_MILLI)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(which + " did not answer: " + output));
  }

  private static Quantity median(double[] millis) {
    var sorted = millis.clone();
    Arrays.sort(sorted);
    return new Quantity(sorted[sorted.length / 2], "ms");
  }
}
