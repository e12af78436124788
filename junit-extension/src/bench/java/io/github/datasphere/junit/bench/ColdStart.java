package io.github.datasphere.junit.bench;

import java.io.IOException;

/** Run in a JVM of its own: prints how many nanoseconds the first answer of a peer took. */
public final class ColdStart {
  private ColdStart() {}

  /**
   * Starts one and calls it once.
   *
   * @param args which: ours, grpc or temporal
   */
  public static void main(String[] args) throws IOException {
    var start = System.nanoTime();
    switch (args[0]) {
      case "ours" -> Peers.firstAnswerOfOurs();
      case "grpc" -> Peers.firstAnswerOfGrpc();
      case "temporal" -> TemporalPeer.run(0);
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.out.println("nanos " + (System.nanoTime() - start));
    // Some leave threads behind
    Runtime.getRuntime().halt(0);
  }
}
