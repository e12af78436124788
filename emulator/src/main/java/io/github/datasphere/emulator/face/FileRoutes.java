package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.proto.emulator.FileList;
import io.github.datasphere.proto.emulator.StoredFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The files of a job: which there are, each of them, and all in one archive. */
final class FileRoutes {
  private final Supplier<JobEngine> engine;
  private final Answers answers;

  FileRoutes(Supplier<JobEngine> engine, Answers answers) {
    this.engine = engine;
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
            request -> new JobArchive(engine.get()).send(request)));
  }

  private void list(Request request) throws IOException {
    request.allowOnly(Set.of());
    var jobs = engine.get();
    var job = jobs.job(request.job());
    var list = FileList.newBuilder();
    for (var kind : JobArchive.byKind(job).entrySet()) {
      for (var file : kind.getValue()) {
        list.addFiles(StoredFile.newBuilder()
            .setKind(kind.getKey())
            .setPath(file.desc().path())
            .setVar(file.desc().var())
            .setSizeBytes(file.sizeBytes())
            .setSha256(file.sha256())
            .setArchive(file.compression() == Compression.ZIP)
            .setThere(isThere(jobs, job, file)));
      }
    }
    answers.send(request.exchange(), list.build());
  }

  private static boolean isThere(JobEngine jobs, Job job, JobFile file) throws IOException {
    if (job.data().cleared()) {
      return false;
    }
    try (var download = jobs.openDownload(JobArchive.grant(job, file, FileGrant.Method.GET), 0)) {
      return download.sizeBytes() == file.sizeBytes();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void read(Request request) throws IOException {
    request.allowOnly(Set.of("name", "show"));
    var jobs = engine.get();
    var job = jobs.job(request.job());
    var file = file(job, request);
    try (var download = jobs.openDownload(JobArchive.grant(job, file, FileGrant.Method.GET), 0)) {
      var name = request.text("name").orElse(file.desc().label());
      var shown = request.flag("show");
      var type = shown ? Shown.type(name) : "application/octet-stream";
      long length = download.sizeBytes();
      try (var out =
          Answers.theirs(request.exchange(), type, name, shown, length == 0 ? -1 : length)) {
        if (length > 0) {
          download.content().transferTo(out);
        }
      }
    }
  }

  private void write(Request request) throws IOException {
    var jobs = engine.get();
    var job = jobs.job(request.job());
    var file = file(job, request);
    jobs.acceptUpload(
        JobArchive.grant(job, file, FileGrant.Method.PUT), request.exchange().getRequestBody());
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
}
