package io.github.datasphere.emulator.job.query;

import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.validation.FieldViolation;
import java.util.LinkedHashSet;
import java.util.List;

/** Finds the files of a job that a client asks for (service-behaviour 6.11, 10.19, 10.24). */
public final class DownloadableFiles {
  /** More than any job can have; it keeps the answer small enough for clients. */
  private static final int MOST_FILES = 1_000;

  private DownloadableFiles() {}

  /**
   * Returns the produced files that were asked for, in that order and each once; none if none was
   * asked for.
   *
   * @param wanted files, known by path and, if it is given, by sha256
   * @throws RejectedException {@code NOT_FOUND} if the job has no such file,
   *     {@code FAILED_PRECONDITION} if its data are cleared, {@code INVALID_ARGUMENT} for a file
   *     without path
   */
  public static List<JobFile> find(Job job, List<JobFile> wanted) {
    if (wanted.size() > MOST_FILES) {
      throw Rejected.invalid(
              "files", "must have at most " + MOST_FILES + " entries but has " + wanted.size())
          .asException();
    }
    if (!wanted.isEmpty() && job.data().cleared()) {
      throw Rejected.precondition("Files of job " + job.id()
              + " cannot be downloaded: its data is cleared. Run it again.")
          .asException();
    }
    var produced = job.producedFiles();
    var found = new LinkedHashSet<JobFile>();
    for (int i = 0; i < wanted.size(); i++) {
      found.add(find(job, produced, wanted.get(i), "files[" + i + "]"));
    }
    return List.copyOf(found);
  }

  private static JobFile find(Job job, List<JobFile> produced, JobFile wanted, String field) {
    var path = wanted.desc().path();
    if (path.isEmpty()) {
      throw Rejected.invalid(field + ".desc.path", "must be set").asException();
    }
    return produced.stream()
        .filter(file -> file.desc().path().equals(path))
        .filter(file -> wanted.sha256().isEmpty() || file.sha256().equals(wanted.sha256()))
        .findFirst()
        .orElseThrow(() -> notFound(job, path, field).asException());
  }

  private static Rejected notFound(Job job, String path, String field) {
    var text = "Job " + job.id() + " has no such output, log or diagnostic file: " + path;
    return new Rejected(ErrorCode.NOT_FOUND, text, List.of(new FieldViolation(field, text)));
  }
}
