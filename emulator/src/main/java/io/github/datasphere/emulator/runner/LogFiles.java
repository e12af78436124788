package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogContent;
import io.github.datasphere.emulator.logs.LogSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Stores what was logged as files of the job (service-behaviour 5.9). */
public final class LogFiles {
  private final FileStore files;
  private final JobLog log;
  private final Publishing publishing;
  private final Attempts attempts;

  /** Makes a file of a job visible. */
  @FunctionalInterface
  public interface Publishing {
    void publish(JobId job, StagedFile file) throws IOException;
  }

  /** Makes an instance that stores each file once. */
  public LogFiles(FileStore files, JobLog log, Publishing publishing) {
    this(files, log, publishing, Attempts.ONCE);
  }

  public LogFiles(FileStore files, JobLog log, Publishing publishing, Attempts attempts) {
    this.attempts = attempts;
    this.files = files;
    this.log = log;
    this.publishing = publishing;
  }

  /** A file that is made from the log records of one source. */
  public record LogFile(String name, LogSource source) {
    public static final LogFile STDOUT = new LogFile("stdout.log", LogSource.STDOUT);
    public static final LogFile STDERR = new LogFile("stderr.log", LogSource.STDERR);
    public static final LogFile SYSTEM = new LogFile("system.log", LogSource.SYSTEM);
    public static final LogFile STATS = new LogFile("docker_stats.tsv", LogSource.DOCKER_STATS);
    public static final LogFile GPU_STATS = new LogFile("gpu_stats.tsv", LogSource.GPU_STATS);
  }

  /** Stores these files. Returns those that were stored, and adds the others to {@code errors}. */
  public List<JobFile> store(Job job, List<LogFile> logFiles, List<FileError> errors) {
    return store(job.id(), job.projectId(), logFiles, errors);
  }

  /** Stores log files for a job that does not exist yet. */
  public List<JobFile> store(
      JobId job, ProjectId project, List<LogFile> logFiles, List<FileError> errors) {
    var stored = new ArrayList<JobFile>();
    for (var file : logFiles) {
      try {
        stored.add(attempts.make(() -> store(job, project, file)));
      } catch (IOException e) {
        errors.add(new FileError.Log(
            file.name(),
            FileError.Type.UPLOAD_FAILED,
            "It could not be stored: " + e.getMessage()));
      }
    }
    return stored;
  }

  private JobFile store(JobId job, ProjectId project, LogFile file) throws IOException {
    try (var content = new LogContent(log, job, file.source());
        var staged = files.stage(project, content, Long.MAX_VALUE)) {
      publishing.publish(job, staged);
      var desc = new FileDesc(file.name(), "");
      return new JobFile(desc, staged.key().sha256(), staged.sizeBytes(), Compression.NONE);
    }
  }
}
