package io.github.datasphere.emulator.saved;

import io.github.datasphere.emulator.engine.files.Download;
import io.github.datasphere.emulator.engine.files.FileTraffic;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.proto.emulator.FileList;
import io.github.datasphere.proto.emulator.StoredFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a job, by what they are to it. */
public final class StoredFiles {
  private StoredFiles() {}

  /** Returns the files of a job by kind: input, module, output, log, diagnostic. */
  public static Map<String, List<JobFile>> byKind(Job job) {
    var files = new LinkedHashMap<String, List<JobFile>>();
    files.put("input", job.parameters().inputFiles());
    files.put("module", job.parameters().localModules());
    files.put("output", job.results().outputFiles());
    files.put("log", job.results().logFiles());
    files.put("diagnostic", job.results().diagnosticFiles());
    return files;
  }

  /** Returns all files of a job, and whether each is stored. */
  public static FileList list(FileTraffic contents, Job job) throws IOException {
    var list = FileList.newBuilder();
    for (var kind : byKind(job).entrySet()) {
      for (var file : kind.getValue()) {
        try (var stored = open(contents, job, file).orElse(null)) {
          list.addFiles(StoredFile.newBuilder()
              .setKind(kind.getKey())
              .setPath(file.desc().path())
              .setVar(file.desc().var())
              .setSizeBytes(file.sizeBytes())
              .setSha256(file.sha256())
              .setArchive(file.compression() == Compression.ZIP)
              .setThere(stored != null && stored.sizeBytes() == file.sizeBytes()));
        }
      }
    }
    return list.build();
  }

  /** Opens a file of a job; empty if it is not stored, or was cleared with the job's data. */
  public static Optional<Download> open(FileTraffic contents, Job job, JobFile file)
      throws IOException {
    if (job.data().cleared()) {
      return Optional.empty();
    }
    try {
      return Optional.of(contents.openDownload(grant(job, file, FileGrant.Method.GET), 0));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Returns leave to read or write a file of a job, for this process alone. */
  public static FileGrant grant(Job job, JobFile file, FileGrant.Method method) {
    var key = new FileKey(job.projectId(), file.sha256());
    return new FileGrant(method, job.id(), key, file.sizeBytes(), Instant.MAX);
  }
}
