package io.github.datasphere.emulator.face;

import com.google.protobuf.Descriptors.Descriptor;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.saved.SavedJobs;
import io.github.datasphere.proto.emulator.FileList;
import io.github.datasphere.proto.emulator.JobCourse;
import io.github.datasphere.proto.emulator.JobPage;
import io.github.datasphere.proto.emulator.ListExchangesResponse;
import io.github.datasphere.proto.emulator.Timeline;
import io.github.datasphere.proto.jobs.Job;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is read of jobs in a file. The routes are those of a running emulator. */
final class SavedRoutes {
  private final SavedJobs saved;
  private final Answers answers;

  SavedRoutes(SavedJobs saved, Answers answers) {
    this.saved = saved;
    this.answers = answers;
  }

  List<FaceRoute> all() {
    return List.of(
        route("/jobs", "The jobs of the file.", JobPage.getDescriptor(), this::list),
        route(
            "/jobs/{job_id}",
            "A job.",
            Job.getDescriptor(),
            request -> answers.send(request.exchange(), job(request))),
        route(
            "/jobs/{job_id}/timeline",
            "What happened to a job.",
            Timeline.getDescriptor(),
            request ->
                answers.send(request.exchange(), saved.timeline(job(request).getId()))),
        route(
            "/jobs/{job_id}/course",
            "What became of a job.",
            JobCourse.getDescriptor(),
            request ->
                answers.send(request.exchange(), saved.course(job(request).getId()))),
        route(
            "/jobs/{job_id}/files",
            "The files of a job.",
            FileList.getDescriptor(),
            request -> answers.send(request.exchange(), saved.files(job(request).getId()))),
        route("/jobs/{job_id}/files/{sha256}", "The content of a file.", null, this::file),
        route("/calls", "The calls.", ListExchangesResponse.getDescriptor(), this::calls),
        route("/calls/{number}", "A call.", ListExchangesResponse.getDescriptor(), this::call));
  }

  private static FaceRoute route(
      String path, String says, @Nullable Descriptor answer, FaceRoute.Action action) {
    return new FaceRoute("GET", new Template(path), says, List.of(), null, answer, action);
  }

  private Job job(Request request) {
    return saved
        .job(request.job().value())
        .orElseThrow(() -> Rejected.notFound(
                "Job " + request.job() + " is not in this file; GET /jobs lists those that are")
            .asException());
  }

  private void list(Request request) throws IOException {
    request.allowOnly(Set.of("projectId", "status", "query", "pageSize", "pageToken"));
    var statuses = request.text("status").map(text -> Arrays.asList(text.split(",")));
    var words = request.text("query").map(text -> text.toLowerCase(Locale.ROOT)).orElse("");
    var page = JobPage.newBuilder();
    for (var job : saved.jobs()) {
      var text = String.join(
          "\n",
          job.getId(),
          job.getName(),
          job.getProjectId(),
          job.getDesc(),
          job.getJobParameters().getCmd());
      if (statuses.map(wanted -> wanted.contains(job.getStatus().name())).orElse(true)
          && text.toLowerCase(Locale.ROOT).contains(words)) {
        page.addJobs(job).addCourses(saved.course(job.getId()));
      }
    }
    answers.send(request.exchange(), page.build());
  }

  private void file(Request request) throws IOException {
    request.allowOnly(Set.of("name", "show"));
    var digest = request.path().getOrDefault("sha256", "");
    try (var content = saved
        .content(digest)
        .orElseThrow(() -> Rejected.notFound("The content " + digest
                + " is not in this file: it was saved without the contents of files")
            .asException())) {
      FileRoutes.send(request, content, request.text("name").orElse(digest));
    }
  }

  private void calls(Request request) throws IOException {
    request.allowOnly(Set.of("method", "pageSize", "pageToken", "changedAfter"));
    var all = ListExchangesResponse.newBuilder().setRevision(1);
    // Nothing changes in a file: after the first answer there is nothing new
    if (request.number("changedAfter", 0, 0, Long.MAX_VALUE) == 0) {
      for (var call : saved.calls()) {
        all.addExchanges(call.toBuilder().clearMessages());
      }
    }
    answers.send(request.exchange(), all.build());
  }

  private void call(Request request) throws IOException {
    request.allowOnly(Set.of());
    var number = request.path().getOrDefault("number", "");
    var call = saved.calls().stream()
        .filter(one -> Long.toString(one.getNumber()).equals(number))
        .findFirst()
        .orElseThrow(
            () -> Rejected.notFound("Call " + number + " is not in this file").asException());
    answers.send(
        request.exchange(),
        ListExchangesResponse.newBuilder().addExchanges(call).build());
  }
}
