package io.github.datasphere.emulator.bench;

/**
 * One line of the table. A figure with two sides (a latency and a throughput, say) is two rows of
 * the same number.
 */
public interface BenchRow {

  /** The number by which {@code -Dbench.rows=4,5} selects the row. */
  int number();

  /** What is measured, in a few words. */
  String figure();

  /**
   * Measures the figure and, in the same run, what it is compared with.
   *
   * @throws Exception if the measurement cannot be made; the table then says why
   */
  Result measure() throws Exception;
}
