package io.github.datasphere.junit.bench;

import io.github.datasphere.emulator.bench.BenchRow;
import io.github.datasphere.emulator.bench.BenchRows;
import java.util.List;

/** What is measured of the test double: what a user's test pays for it. */
public final class ExtensionRows implements BenchRows {

  @Override
  public List<BenchRow> rows() {
    return List.of(
        ColdStartRow.besideGrpc(),
        ColdStartRow.besideTemporal(),
        new FortnightRow(),
        new DriftRow(),
        SampleClassRow.inSequence(),
        SampleClassRow.inParallel(),
        new RepeatedClassRow(),
        new ResetRow(),
        new ManyJobsRow(),
        new PollRow(),
        JarsRow.count(),
        JarsRow.size());
  }
}
