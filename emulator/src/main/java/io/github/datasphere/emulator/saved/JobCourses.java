package io.github.datasphere.emulator.saved;

import io.github.datasphere.emulator.grpc.mapping.TimeMapping;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.testing.TestState;
import io.github.datasphere.proto.emulator.JobCourse;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/** What became of jobs, beyond what the service's own message tells. */
public final class JobCourses {
  /** What the timeline of a job says when the HTTP face is asked to cancel it. */
  public static final String CANCEL_AT_THE_FACE =
      "Cancel was asked for at the HTTP face, which the console uses";

  private static final String AT_THE_FACE = "the console, or another user of the HTTP face";

  private JobCourses() {}

  /** Returns the course of a job without who has cancelled it, which takes a look at all calls. */
  public static JobCourse brief(Job job) {
    var course = JobCourse.newBuilder().setJobId(job.id().value());
    var progress = job.execution().progress();
    if (progress != null) {
      course.setReport(JobCourse.Report.newBuilder()
          .setPercent(progress.percent())
          .setText(progress.message())
          .setAt(TimeMapping.toProto(progress.createdAt())));
    }
    if (job.execution().ending() instanceof Ending.Exited exited) {
      course.setExit(
          JobCourse.Exit.newBuilder().setCode(exited.returnCode()).setWhy(exited.details()));
    }
    return course.build();
  }

  /**
   * Returns the course of a job.
   *
   * @param seen the calls and timelines of the job's world
   */
  public static JobCourse of(Job job, TestState seen) {
    var course = brief(job).toBuilder();
    if (job.status() == JobStatus.CANCELLED || job.status() == JobStatus.CANCELLING) {
      course.setCancelledBy(Stream.concat(atTheFace(job, seen), byClients(job, seen))
          .min(Comparator.comparing(Asked::at))
          .map(Asked::who)
          .orElse("a client, before its calls were noted"));
    }
    return course.build();
  }

  private static Stream<Asked> atTheFace(Job job, TestState seen) {
    return seen.timeline().of(job.id().value()).stream()
        .filter(event -> event.text().equals(CANCEL_AT_THE_FACE))
        .map(event -> new Asked(event.at(), AT_THE_FACE));
  }

  private static Stream<Asked> byClients(Job job, TestState seen) {
    return seen.journal().exchanges("Cancel").stream()
        .filter(call -> call.request(CancelProjectJobRequest.class)
            .filter(request -> request.getJobId().equals(job.id().value()))
            .isPresent())
        .map(call -> new Asked(
            call.at(), call.client().isEmpty() ? "a client" : "the client " + call.client()));
  }

  /** A request to cancel a job. */
  private record Asked(Instant at, String who) {}
}
