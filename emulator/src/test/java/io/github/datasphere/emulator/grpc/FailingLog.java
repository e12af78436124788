package io.github.datasphere.emulator.grpc;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogPage;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.LogSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log whose medium fails when the test wants it. */
final class FailingLog implements JobLog {
  private final JobLog log;
  private volatile @Nullable RuntimeException failure;

  FailingLog(JobLog log) {
    this.log = log;
  }

  /** From now on nothing can be read, for this reason. */
  void fail(RuntimeException reason) {
    failure = reason;
  }

  @Override
  public void append(JobId job, LogRecord record) {
    log.append(job, record);
  }

  @Override
  public LogPage read(JobId job, LogSelection selection, long index, int maxBytes) {
    var reason = failure;
    if (reason != null) {
      throw reason;
    }
    return log.read(job, selection, index, maxBytes);
  }

  @Override
  public long end(JobId job, LogSelection selection) {
    return log.end(job, selection);
  }

  @Override
  public Waiting whenReadable(JobId job, LogSelection selection, long index, Runnable task) {
    return log.whenReadable(job, selection, index, task);
  }

  @Override
  public long storedBytes(JobId job, LogSource source) {
    return log.storedBytes(job, source);
  }

  @Override
  public boolean isStored(JobId job) {
    return log.isStored(job);
  }

  @Override
  public void end(JobId job) {
    log.end(job);
  }

  @Override
  public void delete(JobId job) {
    log.delete(job);
  }

  @Override
  public List<JobId> list() {
    return log.list();
  }

  @Override
  public void close() {
    log.close();
  }
}
