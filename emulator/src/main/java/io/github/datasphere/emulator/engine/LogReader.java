package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.Needle;
import io.github.datasphere.emulator.time.Scheduler;

/** Reads the log of one job from an offset on. Only one thread at a time may use it. */
public final class LogReader implements LogReading {
  private final JobLog logs;
  private final JobId job;
  private final LogSelection selection;
  private long position;

  private LogReader(JobLog logs, JobId job, LogSelection selection, long position) {
    this.logs = logs;
    this.job = job;
    this.selection = selection;
    this.position = position;
  }

  /**
   * Begins at {@code offset}. Any negative offset means "from now on" while the job runs, and "from
   * the beginning" once it has ended (service-behaviour 5.4, 10.12, 10.13).
   */
  static LogReader of(JobLog logs, Job job, LogSelection selection, long offset) {
    long replayed = job.status().isTerminal() ? 0 : logs.end(job.id(), selection);
    return new LogReader(logs, job.id(), selection, offset < 0 ? replayed : offset);
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public boolean read(int maxBytes, LogReceiver sink) {
    var page = logs.read(job, selection, position, maxBytes);
    page.records().forEach(record -> hand(record, sink));
    // Beyond the end there is nothing yet, so the client's own offset stays valid (10.13)
    position = Math.max(position, page.nextIndex());
    return page.ended();
  }

  @Override
  public long skip(Needle needle, long maxBytes) {
    if (selection != LogSelection.ALL || needle.isAnywhere()) {
      return 0;
    }
    var passed = logs.skip(job, position, needle, maxBytes);
    position = passed.index();
    return passed.bytes();
  }

  @Override
  public Scheduler.Cancellable whenReadable(Runnable task) {
    return logs.whenReadable(job, selection, position, task)::cancel;
  }

  private static void hand(LogRecord record, LogReceiver sink) {
    switch (record.source().kind()) {
      case STDOUT -> sink.stdout(record.createdAt(), record.content());
      case STDERR -> sink.stderr(record.createdAt(), record.content());
      case FILE -> sink.file(record.source().path(), record.createdAt(), record.content());
    }
  }
}
