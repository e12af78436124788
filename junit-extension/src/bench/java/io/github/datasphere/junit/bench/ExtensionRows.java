package io.github.datasphere.junit.bench;

import io.github.datasphere.emulator.bench.BenchRow;
import io.github.datasphere.emulator.bench.BenchRows;
import java.util.List;

/** What is measured through the JUnit extension. */
public final class ExtensionRows implements BenchRows {

  @Override
  public List<BenchRow> rows() {
    return List.of();
  }
}
