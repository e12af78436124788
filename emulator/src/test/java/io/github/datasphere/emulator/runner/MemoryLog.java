package io.github.datasphere.emulator.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogPage;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.LogSource;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all records in memory, for tests that look at them afterwards; nobody waits on it. */
public final class MemoryLog implements JobLog {
  private final Map<JobId, List<LogRecord>> records = new ConcurrentHashMap<>();

  /** All that one source logged, as text. */
  public String text(JobId job, LogSource source) {
    var all = new ByteArrayOutputStream();
    records(job).stream()
        .filter(record -> record.source().equals(source))
        .forEach(record -> all.writeBytes(record.content()));
    return all.toString(UTF_8);
  }

  public List<LogRecord> records(JobId job) {
    return records.getOrDefault(job, List.of());
  }

  @Override
  public void append(JobId job, LogRecord record) {
    records.computeIfAbsent(job, id -> new CopyOnWriteArrayList<>()).add(record);
  }

  @Override
  public LogPage read(JobId job, LogSelection selection, long index, int maxBytes) {
    var all = records(job);
    var page = new ArrayList<>(all.subList((int) Math.min(index, all.size()), all.size()));
    return new LogPage(page, index + page.size(), false);
  }

  @Override
  public long end(JobId job, LogSelection selection) {
    return records(job).size();
  }

  @Override
  public Waiting whenReadable(JobId job, LogSelection selection, long index, Runnable task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long storedBytes(JobId job, LogSource source) {
    return records(job).stream()
        .filter(record -> record.source().equals(source))
        .mapToLong(record -> record.content().length)
        .sum();
  }

  @Override
  public void end(JobId job) {}

  @Override
  public void delete(JobId job) {
    records.remove(job);
  }

  @Override
  public void close() {}
}
