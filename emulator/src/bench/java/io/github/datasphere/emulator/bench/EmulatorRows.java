package io.github.datasphere.emulator.bench;

import java.util.ArrayList;
import java.util.List;

/** What is measured of the emulator without its JUnit extension. */
public final class EmulatorRows implements BenchRows {

  @Override
  public List<BenchRow> rows() {
    var rows = new ArrayList<BenchRow>(List.of(
        GetRate.inProcess(),
        GetRate.overTcp(),
        new DockerRow(),
        new LogLatency(),
        new LogThroughput(),
        new DockerLogThroughput(),
        new UploadRow(),
        new UploadHeapRow(),
        new RunInputRow(),
        MinioRow.upload(),
        MinioRow.download(),
        StartRow.time(),
        StartRow.memory(),
        new RecoveryRow(),
        new CommitRow(),
        new StoredJobRate(),
        new RecordCallRow(),
        RecordDownloadRow.fromTheNetwork(),
        RecordDownloadRow.fromThisMachine()));
    rows.addAll(ListRow.all());
    return rows;
  }
}
