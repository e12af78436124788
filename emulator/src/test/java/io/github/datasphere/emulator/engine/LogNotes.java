package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogPage;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.LogSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what the engine does to logs. */
public final class LogNotes implements JobLog {
  public final List<String> notes = new CopyOnWriteArrayList<>();

  @Override
  public void append(JobId job, LogRecord record) {
    notes.add("append " + job + " " + new String(record.content(), StandardCharsets.UTF_8).strip());
  }

  @Override
  public LogPage read(JobId job, LogSelection selection, long index, int maxBytes) {
    return new LogPage(List.of(), index, false);
  }

  @Override
  public long end(JobId job, LogSelection selection) {
    return 0;
  }

  @Override
  public Waiting whenReadable(JobId job, LogSelection selection, long index, Runnable task) {
    return () -> {};
  }

  @Override
  public long storedBytes(JobId job, LogSource source) {
    return 0;
  }

  @Override
  public boolean isStored(JobId job) {
    return true;
  }

  @Override
  public void end(JobId job) {
    notes.add("end " + job);
  }

  @Override
  public void delete(JobId job) {
    notes.add("delete " + job);
  }

  @Override
  public List<JobId> list() {
    return List.of();
  }

  @Override
  public void close() {}
}
