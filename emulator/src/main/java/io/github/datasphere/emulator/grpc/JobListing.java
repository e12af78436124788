package io.github.datasphere.emulator.grpc;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.grpc.mapping.JobMapping;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.query.JobFilter;
import io.github.datasphere.proto.jobs.ListProjectJobRequest;
import io.github.datasphere.proto.jobs.ListProjectJobResponse;
import java.util.Set;
import java.util.TreeSet;

/** Pages of List (service-behaviour 6.10, 10.16, 10.17). */
final class JobListing {
  /** Clients refuse more than 4 MiB (service-behaviour 1.4); a quarter is left for one job more. */
  private static final int PAGE_BYTES = 3 << 20;

  /** How many jobs are read at once: few, since each may be large. */
  private static final int BATCH = 50;

  private final JobEngine engine;
  private final ProjectId project;
  private final Set<JobStatus> statuses;
  private final PageToken token;
  private final ListProjectJobResponse.Builder page = ListProjectJobResponse.newBuilder();
  private int bytes;
  private long before;

  private JobListing(JobEngine engine, ListProjectJobRequest request) {
    this.engine = engine;
    this.project = new ProjectId(request.getProjectId());
    this.statuses = JobFilter.parse(request.getFilter());
    this.token = new PageToken("jobs " + project + " " + new TreeSet<>(statuses));
    this.before =
        Long.parseLong(token.decode(request.getPageToken(), Long.toString(Long.MAX_VALUE)));
  }

  static ListProjectJobResponse page(JobEngine engine, ListProjectJobRequest request) {
    return new JobListing(engine, request).read(RequestFields.pageSize(request.getPageSize()));
  }

  /**
   * Reads a page. It ends when it has as many jobs as wanted, when it gets too large, or after the
   * last job.
   */
  private ListProjectJobResponse read(int size) {
    while (true) {
      int wanted = Math.min(BATCH, size - page.getJobsCount() + 1);
      var jobs = engine.list(project, statuses, before, wanted);
      for (var job : jobs) {
        if (page.getJobsCount() == size || !add(job)) {
          return page.setNextPageToken(token.encode(Long.toString(before))).build();
        }
      }
      if (jobs.size() < wanted) {
        return page.build();
      }
    }
  }

  private boolean add(Job job) {
    var proto = JobMapping.toProto(job);
    int more = proto.getSerializedSize();
    if (page.getJobsCount() > 0 && bytes + more > PAGE_BYTES) {
      return false;
    }
    bytes += more;
    before = job.seq();
    page.addJobs(proto);
    return true;
  }
}
