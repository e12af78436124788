package io.github.datasphere.emulator.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.job.id.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Reads a log to its end, waiting where it has to. */
record Follower(JobLog log, JobId job, LogSelection selection, int maxBytes) {
  List<String> toTheEnd() throws InterruptedException {
    var seen = new ArrayList<String>();
    var page = log.read(job, selection, 0, maxBytes);
    while (true) {
      page.records().forEach(record -> seen.add(new String(record.content(), UTF_8)));
      if (page.ended()) {
        return seen;
      }
      var readable = new CountDownLatch(1);
      log.whenReadable(job, selection, page.nextIndex(), readable::countDown);
      readable.await();
      page = log.read(job, selection, page.nextIndex(), maxBytes);
    }
  }
}
