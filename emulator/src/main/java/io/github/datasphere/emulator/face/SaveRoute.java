package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.saved.JobSaver;
import io.github.datasphere.emulator.testing.Control;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A job as one file, which the console opens later without a server. */
final class SaveRoute {
  private final Supplier<JobEngine> engine;
  private final Control control;

  SaveRoute(Supplier<JobEngine> engine, Control control) {
    this.engine = engine;
    this.control = control;
  }

  FaceRoute route() {
    return new FaceRoute(
        "GET",
        new Template("/jobs/{job_id}/saved"),
        "The job as one file: its timeline, calls, log and list of files, and with files their"
            + " contents. `datasphere-emulator console FILE` shows it without a server.",
        List.of("files"),
        null,
        null,
        this::send);
  }

  private void send(Request request) throws IOException {
    request.allowOnly(Set.of("files"));
    var jobs = engine.get();
    var job = jobs.job(request.job());
    var name = job.submission().name();
    try (var out = Answers.theirs(
        request.exchange(),
        "application/zip",
        (name.isEmpty() ? job.id().value() : name.replace('/', '_')) + ".dsjob",
        false,
        0)) {
      new JobSaver(jobs, control.state()).write(List.of(job.id()), request.flag("files"), out);
    }
  }
}
