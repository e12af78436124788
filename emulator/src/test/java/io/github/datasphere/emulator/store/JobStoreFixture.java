package io.github.datasphere.emulator.store;

import static io.github.datasphere.emulator.store.SampleJobs.PROJECT;
import static io.github.datasphere.emulator.store.SampleJobs.job;
import static io.github.datasphere.emulator.store.SampleJobs.write;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store to be tested, and questions to it. */
abstract class JobStoreFixture {
  protected JobStore store;

  /** A store that holds nothing. */
  protected abstract JobStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected List<Job> inPagesOf(int size, Set<JobStatus> statuses) {
    var all = new ArrayList<Job>();
    long before = Long.MAX_VALUE;
    while (true) {
      var page = store.list(new JobQuery(PROJECT, statuses, before, size));
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
      before = page.get(page.size() - 1).seq();
    }
  }

  protected void writeAll(Job... jobs) {
    for (var job : jobs) {
      store.commit(write(job));
    }
  }

  protected List<Long> page(Set<JobStatus> statuses, long beforeSeq, int limit) {
    return store.list(new JobQuery(PROJECT, statuses, beforeSeq, limit)).stream()
        .map(Job::seq)
        .toList();
  }
}
