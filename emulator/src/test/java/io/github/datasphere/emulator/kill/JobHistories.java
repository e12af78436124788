package io.github.datasphere.emulator.kill;

import io.github.datasphere.proto.jobs.JobStatus;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What clients have seen of jobs, one look after another, and whether that is a life of a job. */
final class JobHistories {
  private static final Map<JobStatus, Set<JobStatus>> LATER = later();

  private final Map<String, JobStatus> latest = new HashMap<>();
  private long looks;

  /** What is wrong with this after what was seen of the job before. */
  Optional<String> saw(String job, JobStatus now) {
    looks++;
    var before = latest.put(job, now);
    if (before == null || before == now || LATER.getOrDefault(before, Set.of()).contains(now)) {
      return Optional.empty();
    }
    return Optional.of("job " + job + " was " + before + " and is " + now);
  }

  @Override
  public String toString() {
    return looks + " looks at " + latest.size() + " jobs";
  }

  /** A look may miss what is over soon; nothing follows an end. */
  private static Map<JobStatus, Set<JobStatus>> later() {
    var ends = EnumSet.of(JobStatus.SUCCESS, JobStatus.ERROR, JobStatus.CANCELLED);
    var later = new EnumMap<JobStatus, Set<JobStatus>>(JobStatus.class);
    later.put(JobStatus.CANCELLING, ends);
    later.put(JobStatus.UPLOADING_OUTPUT, and(ends, JobStatus.CANCELLING));
    later.put(
        JobStatus.EXECUTING,
        and(later.get(JobStatus.UPLOADING_OUTPUT), JobStatus.UPLOADING_OUTPUT));
    later.put(JobStatus.PREPARING, and(later.get(JobStatus.EXECUTING), JobStatus.EXECUTING));
    later.put(JobStatus.CREATING, and(later.get(JobStatus.PREPARING), JobStatus.PREPARING));
    return later;
  }

  private static Set<JobStatus> and(Set<JobStatus> some, JobStatus another) {
    var all = EnumSet.copyOf(some);
    all.add(another);
    return all;
  }
}
