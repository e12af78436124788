package io.github.datasphere.emulator.store;

import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.ProjectId;
import java.util.Set;

/**
 * One page of the jobs of a project, newest first.
 *
 * @param statuses only jobs in these states; empty for all
 * @param beforeSeq only jobs with a smaller {@code seq}; {@link Long#MAX_VALUE} for the first page
 */
public record JobQuery(ProjectId project, Set<JobStatus> statuses, long beforeSeq, int limit) {
  public JobQuery {
    statuses = Set.copyOf(statuses);
  }
}
