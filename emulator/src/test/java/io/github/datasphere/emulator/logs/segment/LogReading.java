package io.github.datasphere.emulator.logs.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogSelection;
import java.util.ArrayList;
import java.util.List;

/** Reads whole logs. */
final class LogReading {
  private LogReading() {}

  static List<String> all(JobLog log, JobId job) {
    var all = new ArrayList<String>();
    var page = log.read(job, LogSelection.ALL, 0, 100_000);
    while (!page.records().isEmpty()) {
      page.records().forEach(record -> all.add(new String(record.content(), UTF_8)));
      page = log.read(job, LogSelection.ALL, page.nextIndex(), 100_000);
    }
    return all;
  }
}
