package io.github.datasphere.emulator.logs.memory;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogPage;
import io.github.datasphere.emulator.logs.LogPosition;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.LogSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Keeps the logs of all jobs in memory. */
public final class MemoryJobLog implements JobLog {
  private final Map<JobId, JobRecords> logs = new ConcurrentHashMap<>();
  private final BiConsumer<JobId, LogRecord> watcher;

  public MemoryJobLog() {
    this(Snapshot.EMPTY);
  }

  /** Begins with what another log held when the snapshot was taken. */
  public MemoryJobLog(Snapshot start) {
    this(start, (job, record) -> {});
  }

  /**
   * Begins with a snapshot, and has a watcher.
   *
   * @param watcher receives each record before it is appended
   */
  public MemoryJobLog(Snapshot start, BiConsumer<JobId, LogRecord> watcher) {
    this.watcher = watcher;
    start.logs.forEach((job, records) -> logs.put(job, records.copy()));
  }

  /** Returns what this log holds now; later records do not change it. */
  public Snapshot snapshot() {
    var copies = new HashMap<JobId, JobRecords>();
    logs.forEach((job, records) -> copies.put(job, records.copy()));
    return new Snapshot(copies);
  }

  @Override
  public List<JobId> list() {
    return List.copyOf(logs.keySet());
  }

  @Override
  public void append(JobId job, LogRecord record) {
    watcher.accept(job, record);
    of(job).append(record);
  }

  @Override
  public LogPage read(JobId job, LogSelection selection, long index, int maxBytes) {
    var records = logs.get(job);
    return records == null
        ? new LogPage(List.of(), index, false)
        : records.read(selection, index, maxBytes);
  }

  @Override
  public long end(JobId job, LogSelection selection) {
    var records = logs.get(job);
    return (records == null ? LogPosition.START : records.end()).index(selection);
  }

  @Override
  public Waiting whenReadable(JobId job, LogSelection selection, long index, Runnable task) {
    return of(job).whenReadable(selection, index, task);
  }

  @Override
  public long storedBytes(JobId job, LogSource source) {
    var records = logs.get(job);
    return records == null ? 0 : records.storedBytes(source);
  }

  @Override
  public boolean isStored(JobId job) {
    return true;
  }

  @Override
  public void end(JobId job) {
    of(job).finish();
  }

  @Override
  public void delete(JobId job) {
    var records = of(job);
    records.clear();
    records.finish();
  }

  @Override
  public void close() {
    // There is nothing to close: all is in memory.
  }

  private JobRecords of(JobId job) {
    return logs.computeIfAbsent(job, unused -> new JobRecords());
  }

  /** All that a log held at one moment. */
  public static final class Snapshot {
    /** A snapshot without logs. */
    public static final Snapshot EMPTY = new Snapshot(Map.of());

    private final Map<JobId, JobRecords> logs;

    private Snapshot(Map<JobId, JobRecords> logs) {
      this.logs = logs;
    }
  }
}
