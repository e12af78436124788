package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.engine.files.Download;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.saved.JobSaver;
import io.github.datasphere.emulator.saved.StoredFiles;
import io.github.datasphere.emulator.session.SessionReader;
import io.github.datasphere.emulator.testing.Control;
import io.github.datasphere.proto.emulator.FileList;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The files of a job: which there are, each of them, and all in one archive. */
final class FileRoutes {
  /** As what a browser may show files of users. Text is the rule; scripts never run. */
  private static final Map<String, String> TYPES = Map.of(
      "png", "image/png",
      "jpg", "image/jpeg",
      "jpeg", "image/jpeg",
      "gif", "image/gif",
      "webp", "image/webp",
      "svg", "image/svg+xml",
      "html", "text/html; charset=utf-8",
      "htm", "text/html; charset=utf-8");

  private final Supplier<JobEngine> engine;
  private final Control control;
  private final Answers answers;

  FileRoutes(Supplier<JobEngine> engine, Control control, Answers answers) {
    this.engine = engine;
    this.control = control;
    this.answers = answers;
  }

  List<FaceRoute> all() {
    return List.of(
        new FaceRoute(
            "GET",
            new Template("/jobs/{job_id}/files"),
            "The files of a job.",
            List.of(),
            null,
            FileList.getDescriptor(),
            this::list),
        new FaceRoute(
            "GET",
            new Template("/jobs/{job_id}/files/{sha256}"),
            "The content of a file. A browser never takes it for a page of the emulator's; with"
                + " show it shows text, images and, without scripts, HTML.",
            List.of("name", "show"),
            null,
            null,
            this::read),
        new FaceRoute(
            "PUT",
            new Template("/jobs/{job_id}/files/{sha256}"),
            "Uploads a file that a job's Create or Clone has announced.",
            List.of(),
            null,
            null,
            this::write),
        new FaceRoute(
            "GET",
            new Template("/jobs/{job_id}/files.zip"),
            "All stored files of a job in one archive, made while it is sent.",
            List.of(),
            null,
            null,
            request -> new JobArchive(engine.get()).send(request)),
        new FaceRoute(
            "GET",
            new Template("/jobs/{job_id}/saved"),
            "The job as one file: its timeline, calls, log and list of files, and with files their"
                + " contents. `datasphere-emulator console FILE` shows it without a server.",
            List.of("files"),
            null,
            null,
            this::save),
        session());
  }

  private FaceRoute session() {
    return new FaceRoute(
        "GET",
        new Template("/session"),
        "Every call as the events of a recording, which docs/recording.md describes, with ids as"
            + " they are and without secrets.",
        List.of(),
        null,
        null,
        this::session);
  }

  private void list(Request request) throws IOException {
    request.allowOnly(Set.of());
    var jobs = engine.get();
    answers.send(request.exchange(), StoredFiles.list(jobs, jobs.job(request.job())));
  }

  private void read(Request request) throws IOException {
    request.allowOnly(Set.of("name", "show"));
    var jobs = engine.get();
    var job = jobs.job(request.job());
    var file = file(job, request);
    try (var download = jobs.openDownload(StoredFiles.grant(job, file, FileGrant.Method.GET), 0)) {
      send(request, download, request.text("name").orElse(file.desc().label()));
    }
  }

  /** Sends a content as a file for the disk, or with {@code show} as what a browser may show. */
  static void send(Request request, Download download, String name) throws IOException {
    var shown = request.flag("show");
    var type = shown ? type(name) : "application/octet-stream";
    long length = download.sizeBytes();
    try (var out =
        Answers.theirs(request.exchange(), type, name, shown, length == 0 ? -1 : length)) {
      if (length > 0) {
        download.content().transferTo(out);
      }
    }
  }

  private void write(Request request) throws IOException {
    var jobs = engine.get();
    var job = jobs.job(request.job());
    var file = file(job, request);
    jobs.acceptUpload(
        StoredFiles.grant(job, file, FileGrant.Method.PUT), request.exchange().getRequestBody());
    Answers.nothing(request.exchange(), 204);
  }

  private static JobFile file(Job job, Request request) {
    var digest = request.path().getOrDefault("sha256", "");
    return job.storedFiles().stream()
        .filter(file -> file.sha256().equals(digest))
        .findFirst()
        .orElseThrow(() -> Rejected.notFound("Job " + job.id() + " has no file with sha256 "
                + digest + "; GET /jobs/" + job.id() + "/files lists those that it has")
            .asException());
  }

  private void save(Request request) throws IOException {
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
      new JobSaver(jobs, control.state())
          .write(List.of(job.id().value()), request.flag("files"), out);
    }
  }

  private void session(Request request) throws IOException {
    request.allowOnly(Set.of());
    var exchange = request.exchange();
    try (var out =
        Answers.theirs(exchange, "application/x-ndjson", SessionReader.EVENTS, false, 0)) {
      new JobSaver(engine.get(), control.state()).writeSession(out);
    }
  }

  private static String type(String name) {
    var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(extension, "text/plain; charset=utf-8");
  }
}
