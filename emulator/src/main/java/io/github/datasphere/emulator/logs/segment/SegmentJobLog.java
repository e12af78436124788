package io.github.datasphere.emulator.logs.segment;

import io.github.datasphere.emulator.base.OwnerOnly;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogPage;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.LogSkip;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.Needle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps the log of each job in a file. Appended records outlive this process. Each reader reads the
 * file at its own pace, so no reader costs memory or delays the writer.
 */
public final class SegmentJobLog implements JobLog {
  private final Path root;
  private final OpenSegments segments;

  /**
   * Opens the logs in this directory, which is made if it is missing.
   *
   * @throws UncheckedIOException if it cannot be made
   */
  public SegmentJobLog(Path root) {
    try {
      OwnerOnly.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The directory for logs, " + root + ", cannot be made: " + e.getMessage(), e);
    }
    this.root = root;
    this.segments = new OpenSegments(root);
  }

  @Override
  public void append(JobId job, LogRecord record) {
    segments.run(job, segment -> segment.append(record));
  }

  @Override
  public LogPage read(JobId job, LogSelection selection, long index, int maxBytes) {
    return segments.with(job, segment -> segment.read(selection, index, maxBytes));
  }

  @Override
  public LogSkip skip(JobId job, long index, Needle needle, long maxBytes) {
    return segments.with(job, segment -> segment.skip(index, needle, maxBytes));
  }

  @Override
  public long end(JobId job, LogSelection selection) {
    return segments.with(job, segment -> segment.end().position().index(selection));
  }

  @Override
  public Waiting whenReadable(JobId job, LogSelection selection, long index, Runnable task) {
    var waiting = segments.with(job, segment -> segment.whenReadable(selection, index, task));
    return () -> segments.run(job, segment -> waiting.cancel());
  }

  @Override
  public long storedBytes(JobId job, LogSource source) {
    return segments.with(job, segment -> segment.storedBytes(source));
  }

  @Override
  public boolean isStored(JobId job) {
    return segments.with(job, JobSegment::isStored);
  }

  @Override
  public void end(JobId job) {
    segments.run(job, JobSegment::finish);
  }

  @Override
  public void delete(JobId job) {
    segments.delete(job);
  }

  @Override
  public List<JobId> list() {
    try (var files = Files.list(root)) {
      return files
          .flatMap(file -> FileNames.job(file.getFileName().toString()).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the logs in " + root + " cannot be listed", e);
    }
  }

  @Override
  public void close() {
    segments.close();
  }
}
