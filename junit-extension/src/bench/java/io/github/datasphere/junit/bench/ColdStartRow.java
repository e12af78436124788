package io.github.datasphere.junit.bench;

import io.github.datasphere.emulator.bench.Aim;
import io.github.datasphere.emulator.bench.BenchRow;
import io.github.datasphere.emulator.bench.Quantity;
import io.github.datasphere.emulator.bench.Result;
import java.io.IOException;
import java.util.Arrays;

/** Row 1: what the first test of a run pays. */
final class ColdStartRow implements BenchRow {
  private static final int ROUNDS = 5;

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
    return OtherJvm.run(ColdStart.class, which).millis()[0];
  }

  private static Quantity median(double[] millis) {
    var sorted = millis.clone();
    Arrays.sort(sorted);
    return new Quantity(sorted[sorted.length / 2], "ms");
  }
}
