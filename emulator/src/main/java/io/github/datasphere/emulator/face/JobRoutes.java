package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.engine.JobSearch;
import io.github.datasphere.emulator.grpc.mapping.JobMapping;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.github.datasphere.emulator.logs.Needle;
import io.github.datasphere.emulator.saved.JobCourses;
import io.github.datasphere.emulator.testing.Control;
import io.github.datasphere.proto.emulator.JobCourse;
import io.github.datasphere.proto.emulator.JobPage;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The jobs of all projects, page by page. */
final class JobRoutes {
  private static final int MOST_OF_A_PAGE = 500;
  private static final int USUAL_PAGE = 100;

  /** How many jobs are looked at for one page; a rare one is on a later page then. */
  private static final int MOST_SEEN = 20_000;

  private final Supplier<JobEngine> engine;
  private final Control control;
  private final Answers answers;

  JobRoutes(Supplier<JobEngine> engine, Control control, Answers answers) {
    this.engine = engine;
    this.control = control;
    this.answers = answers;
  }

  List<FaceRoute> all() {
    return List.of(
        new FaceRoute(
            "GET",
            new Template("/jobs"),
            "The jobs of all projects, newest first. A page may have fewer jobs than asked for, even"
                + " none, and yet a next one: one page looks at " + MOST_SEEN
                + " jobs at most. A query that is"
                + " the id of a job gives that one alone.",
            List.of("projectId", "status", "query", "pageSize", "pageToken"),
            null,
            JobPage.getDescriptor(),
            this::list),
        new FaceRoute(
            "GET",
            new Template("/jobs/{job_id}/course"),
            "What became of a job: its progress, how its command ended, who has cancelled it.",
            List.of(),
            null,
            JobCourse.getDescriptor(),
            this::course));
  }

  private void course(Request request) throws IOException {
    request.allowOnly(Set.of());
    var job = engine.get().job(request.job());
    answers.send(request.exchange(), JobCourses.of(job, control.state()));
  }

  private void list(Request request) throws IOException {
    request.allowOnly(Set.of("projectId", "status", "query", "pageSize", "pageToken"));
    int size = (int) request.number("pageSize", USUAL_PAGE, 1, MOST_OF_A_PAGE);
    long before = request.number("pageToken", Long.MAX_VALUE, 0, Long.MAX_VALUE);
    var page = JobPage.newBuilder();
    var named = request.text("query").flatMap(this::named);
    if (named.isPresent()) {
      page.addJobs(JobMapping.toProto(named.get())).addCourses(JobCourses.brief(named.get()));
      answers.send(request.exchange(), page.setSeen(1).build());
      return;
    }
    var found = engine.get().find(search(request), before, size, MOST_SEEN);
    for (var job : found.jobs()) {
      page.addJobs(JobMapping.toProto(job)).addCourses(JobCourses.brief(job));
    }
    if (!found.isLast()) {
      page.setNextPageToken(Long.toString(found.beforeSeq()));
    }
    answers.send(request.exchange(), page.setSeen(found.seen()).build());
  }

  /** Returns the job of this id, which is not looked for among a million others. */
  private Optional<Job> named(String id) {
    try {
      return Optional.of(engine.get().job(new JobId(id)));
    } catch (RejectedException e) {
      return Optional.empty();
    }
  }

  private static JobSearch search(Request request) {
    Predicate<Job> fits = job -> true;
    var project = request.text("projectId");
    if (project.isPresent()) {
      fits = job -> job.projectId().value().equals(project.get());
    }
    var words = request.text("query");
    if (words.isPresent()) {
      var lower = words.get().toLowerCase(Locale.ROOT);
      fits = fits.and(job -> contains(job, lower));
    }
    return new JobSearch(statuses(request), Needle.of(words.orElse(""))::mayBeIn, fits);
  }

  private static boolean contains(Job job, String words) {
    var submission = job.submission();
    return List.of(
            job.id().value(),
            submission.name(),
            submission.desc(),
            job.projectId().value(),
            job.parameters().cmd())
        .stream()
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(words));
  }

  private static Set<JobStatus> statuses(Request request) {
    var statuses = EnumSet.noneOf(JobStatus.class);
    for (var name : request.text("status").map(text -> text.split(",")).orElse(new String[0])) {
      try {
        statuses.add(JobStatus.valueOf(name));
      } catch (IllegalArgumentException e) {
        throw Rejected.invalid(
                "status",
                "there is no status '" + name + "'; there are "
                    + Arrays.toString(JobStatus.values()))
            .asException();
      }
    }
    return statuses;
  }
}
