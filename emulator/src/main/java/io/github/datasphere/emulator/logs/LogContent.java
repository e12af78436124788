package io.github.datasphere.emulator.logs;

import io.github.datasphere.emulator.job.id.JobId;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/**
 * The output of one source of a job so far, as a file to store (service-behaviour 5.9); only one
 * page is in memory at a time.
 */
public final class LogContent extends InputStream {
  private static final int PAGE_BYTES = 256 << 10;

  private final JobLog log;
  private final JobId job;
  private final LogSource source;
  private final LogSelection selection;
  private Iterator<LogRecord> records = List.<LogRecord>of().iterator();
  private long nextIndex;
  private byte[] content = {};
  private int position;

  public LogContent(JobLog log, JobId job, LogSource source) {
    this.log = log;
    this.job = job;
    this.source = source;
    this.selection = source.isStandardStream() ? LogSelection.STANDARD_STREAMS : LogSelection.ALL;
  }

  @Override
  public int read() {
    return fill() ? content[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, content.length - position);
    System.arraycopy(content, position, bytes, offset, count);
    position += count;
    return count;
  }

  private boolean fill() {
    while (position == content.length) {
      if (!records.hasNext() && !nextPage()) {
        return false;
      }
      var record = records.next();
      if (record.source().equals(source)) {
        content = record.content();
        position = 0;
      }
    }
    return true;
  }

  private boolean nextPage() {
    var page = log.read(job, selection, nextIndex, PAGE_BYTES);
    nextIndex = page.nextIndex();
    records = page.records().iterator();
    return records.hasNext();
  }
}
