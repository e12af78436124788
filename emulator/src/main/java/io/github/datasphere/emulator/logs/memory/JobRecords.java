package io.github.datasphere.emulator.logs.memory;

import io.github.datasphere.emulator.logs.JobLog.Waiting;
import io.github.datasphere.emulator.logs.LogPage;
import io.github.datasphere.emulator.logs.LogPosition;
import io.github.datasphere.emulator.logs.LogQuota;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.LogWaiters;
import java.util.ArrayList;
import java.util.List;

/** The log of one job. */
final class JobRecords {
  private final ArrayList<LogRecord> records = new ArrayList<>(0);

  /** The index among all records of each record of a standard stream. */
  private final ArrayList<Integer> standard = new ArrayList<>(0);

  private final LogQuota quota = new LogQuota();
  private final LogWaiters waiters = new LogWaiters();
  private boolean ended;

  void append(LogRecord record) {
    List<Runnable> readers;
    synchronized (this) {
      if (ended) {
        return;
      }
      var admitted = quota.admit(record);
      admitted.records().forEach(this::store);
      if (admitted.notice() != null) {
        store(admitted.notice());
      }
      readers = waiters.takeReadable(end());
    }
    readers.forEach(Runnable::run);
  }

  synchronized LogPage read(LogSelection selection, long index, int maxBytes) {
    var page = new ArrayList<LogRecord>();
    long end = end().index(selection);
    long next = Math.max(0, index);
    long bytes = 0;
    while (next < end) {
      var record = record(selection, (int) next);
      bytes += record.content().length;
      if (bytes > maxBytes && !page.isEmpty()) {
        break;
      }
      page.add(record);
      next++;
    }
    return new LogPage(page, next, ended && next >= end);
  }

  synchronized LogPosition end() {
    return new LogPosition(records.size(), standard.size());
  }

  synchronized long storedBytes(LogSource source) {
    return quota.bytes(source);
  }

  Waiting whenReadable(LogSelection selection, long index, Runnable task) {
    synchronized (this) {
      if (!ended && index >= end().index(selection)) {
        var waiter = waiters.add(selection, index, task);
        return () -> giveUp(waiter);
      }
    }
    task.run();
    return () -> {};
  }

  void finish() {
    List<Runnable> readers;
    synchronized (this) {
      ended = true;
      records.trimToSize();
      standard.trimToSize();
      readers = waiters.takeAll();
    }
    readers.forEach(Runnable::run);
  }

  synchronized void clear() {
    records.clear();
    standard.clear();
    quota.clear();
    ended = true;
  }

  synchronized JobRecords copy() {
    var copy = new JobRecords();
    records.forEach(copy::store);
    quota.tallies().forEach(copy.quota::restore);
    copy.ended = ended;
    return copy;
  }

  private synchronized void giveUp(LogWaiters.Waiter waiter) {
    waiters.remove(waiter);
  }

  private void store(LogRecord record) {
    if (record.source().isStandardStream()) {
      standard.add(records.size());
    }
    records.add(record);
  }

  private LogRecord record(LogSelection selection, int index) {
    return records.get(
        switch (selection) {
          case ALL -> index;
          case STANDARD_STREAMS -> standard.get(index);
        });
  }
}
