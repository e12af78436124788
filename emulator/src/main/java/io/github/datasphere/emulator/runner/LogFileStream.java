package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.JobLog;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.LogSource;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;

/** The log of one source as it is stored, read as a file. */
final class LogFileStream extends InputStream {
  private static final int PAGE = 256 * 1024;

  private final JobLog log;
  private final JobId job;
  private final LogSource source;
  private final Queue<LogRecord> records = new ArrayDeque<>();
  private long next;
  private int position;
  private boolean ended;

  LogFileStream(JobLog log, JobId job, LogSource source) {
    this.log = log;
    this.job = job;
    this.source = source;
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    while (records.isEmpty() && !ended) {
      readPage();
    }
    var record = records.peek();
    if (record == null) {
      return -1;
    }
    int taken = Math.min(length, record.content().length - position);
    System.arraycopy(record.content(), position, target, offset, taken);
    position += taken;
    if (position == record.content().length) {
      records.remove();
      position = 0;
    }
    return taken;
  }

  private void readPage() {
    var page = log.read(job, LogSelection.ALL, next, PAGE);
    for (var record : page.records()) {
      if (record.source().equals(source) && record.content().length > 0) {
        records.add(record);
      }
    }
    ended = page.records().isEmpty();
    next = page.nextIndex();
  }
}
