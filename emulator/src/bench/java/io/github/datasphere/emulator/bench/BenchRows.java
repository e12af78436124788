package io.github.datasphere.emulator.bench;

import java.util.List;

/**
 * The rows of one module. Implementations are public, with a public constructor without arguments.
 */
public interface BenchRows {

  /** All rows, in the order of the table. */
  List<BenchRow> rows();
}
