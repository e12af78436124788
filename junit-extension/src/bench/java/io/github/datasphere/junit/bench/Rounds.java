package io.github.datasphere.junit.bench;

import io.github.datasphere.emulator.bench.Quantity;
import java.util.Arrays;

/**
 * How long each of some repetitions took, in their order.
 *
 * @param millis one by one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Rounds(double[] millis) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** What is repeated. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  static Rounds of(int count, Task task) throws Exception {
    var millis = new double[count];
    for (int i = 0; i < count; i++) {
      var start = System.nanoTime();
      task.run();
      millis[i] = (System.nanoTime() - start) / NANOS_PER_MILLI;
    }
    return new Rounds(millis);
  }

  /** Those from this one on, as many as that. */
  Rounds part(int from, int count) {
    return new Rounds(Arrays.copyOfRange(millis, from, from + count));
  }

  Quantity median() {
    return quantile(0.5);
  }

  /** So large a share of them took no longer. */
  Quantity quantile(double share) {
    var sorted = millis.clone();
    Arrays.sort(sorted);
    return new Quantity(sorted[(int) Math.min(sorted.length - 1, sorted.length * share)], "ms");
  }
}
