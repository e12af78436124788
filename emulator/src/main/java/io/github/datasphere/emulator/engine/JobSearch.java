package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.store.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks for jobs of all projects, newest first. Those that certainly do not fit are not even read,
 * so that the oldest of a million is found in seconds.
 *
 * @param statuses empty for all
 * @param mayHold false only if bytes of a job certainly do not hold what is looked for
 * @param fits whether a job is one of those
 */
public record JobSearch(Set<JobStatus> statuses, Predicate<byte[]> mayHold, Predicate<Job> fits) {
  private static final int BATCH = 2000;

  /**
   * What was found.
   *
   * @param beforeSeq where to go on
   * @param seen how many jobs were looked at
   * @param isLast whether there are no others
   */
  public record Found(List<Job> jobs, long beforeSeq, int seen, boolean isLast) {}

  /** Looks at so many jobs, until so many are found. */
  Found in(JobStore store, long beforeSeq, int size, int mostSeen) {
    var jobs = new ArrayList<Job>();
    long before = beforeSeq;
    int seen = 0;
    int ask = size;
    while (seen < mostSeen) {
      var batch = store.latest(before, ask);
      for (var stored : batch) {
        if (jobs.size() == size) {
          return new Found(jobs, before, seen, false);
        }
        before = stored.seq();
        seen++;
        if (isIn(statuses, stored.status()) && stored.mayHold(mayHold)) {
          var job = stored.job();
          if (fits.test(job)) {
            jobs.add(job);
          }
        }
      }
      if (batch.size() < ask) {
        return new Found(jobs, before, seen, true);
      }
      if (jobs.size() == size) {
        break;
      }
      ask = Math.min(2 * ask, BATCH);
    }
    return new Found(jobs, before, seen, false);
  }

  private static boolean isIn(Set<JobStatus> statuses, JobStatus status) {
    return statuses.isEmpty() || statuses.contains(status);
  }
}
