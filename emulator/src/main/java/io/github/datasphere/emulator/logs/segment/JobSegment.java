package io.github.datasphere.emulator.logs.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.logs.JobLog.Waiting;
import io.github.datasphere.emulator.logs.LogPage;
import io.github.datasphere.emulator.logs.LogQuota;
import io.github.datasphere.emulator.logs.LogQuota.Tally;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.LogSkip;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.LogWaiters;
import io.github.datasphere.emulator.logs.Needle;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one job while a client writes, reads or waits. Everything that lasts is in its file.
 */
final class JobSegment {
  private static final Logger LOG = LoggerFactory.getLogger(JobSegment.class);

  private final Path path;
  private final SegmentReader reader;
  private final LogQuota quota = new LogQuota();
  private final LogWaiters waiters = new LogWaiters();

  /** Records that came before the file could be read. */
  private final UnwrittenRecords unread = new UnwrittenRecords();

  private final UnwrittenRecords unwritten = new UnwrittenRecords();

  /**
   * How much of each source is in the file; the quota counts records already while they are
   * written.
   */
  private final Map<LogSource, Tally> written = new LinkedHashMap<>(4);

  private @Nullable SegmentEnd end;
  private @Nullable SegmentWriter writer;
  private boolean endIsNotWritten;

  JobSegment(Path path) {
    this.path = path;
    this.reader = new SegmentReader(path, new Cursors());
  }

  /** A log that was deleted while this process ran. */
  static JobSegment deleted(Path path) {
    var segment = new JobSegment(path);
    segment.end = SegmentEnd.DELETED;
    return segment;
  }

  void append(LogRecord record) {
    List<Runnable> readers;
    synchronized (this) {
      try {
        takeIn();
      } catch (UncheckedIOException e) {
        LOG.warn("{}: output of the job waits until its log can be read: {}", path, e.getMessage());
        unread.add(new UnwrittenRecords.Item(Frame.Kind.RECORD, record, 0));
        return;
      }
      if (end().ended()) {
        return;
      }
      admit(record);
      readers = waiters.takeReadable(end().position());
    }
    readers.forEach(Runnable::run);
  }

  /**
   * Takes in the records that came before the file could be read, now that its content is known.
   */
  private void takeIn() {
    if (end().ended()) {
      unread.clear();
    }
    for (var item = unread.first(); item != null; item = unread.first()) {
      unread.removeFirst();
      admit(item.record());
    }
    var lost = unread.lastLost();
    if (lost != null) {
      long bytes = quota.bytes(lost.record().source());
      unwritten.lose(
          new UnwrittenRecords.Item(lost.kind(), lost.record(), bytes), unread.lostBytes());
      unread.clear();
    }
  }

  private void admit(LogRecord record) {
    long bytes = quota.bytes(record.source());
    var admitted = quota.admit(record);
    for (var piece : admitted.records()) {
      bytes += piece.content().length;
      store(Frame.Kind.RECORD, piece, bytes);
    }
    if (admitted.notice() != null) {
      store(Frame.Kind.CUT, admitted.notice(), bytes);
    }
  }

  LogPage read(LogSelection selection, long from, int maxBytes) {
    var now = endOfAll();
    long index = Math.max(0, from);
    if (index >= now.position().index(selection)) {
      return new LogPage(List.of(), index, now.ended());
    }
    try {
      return reader.read(now, selection, index, maxBytes);
    } catch (FileNotFoundException e) {
      if (end().offset() == 0) {
        return new LogPage(List.of(), index, true); // deleted meanwhile
      }
      throw unreadable(e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  LogSkip skip(long index, Needle needle, long maxBytes) {
    var now = endOfAll();
    if (index < 0 || index >= now.position().records()) {
      return LogSkip.nothing(index);
    }
    try {
      return reader.skip(now, index, needle, maxBytes);
    } catch (IOException e) {
      // The reading that follows tells why
      LOG.debug("{} cannot be searched quickly", path, e);
      return LogSkip.nothing(index);
    }
  }

  /** Returns how far the log is written; looks at the file only once. */
  synchronized SegmentEnd end() {
    if (end == null) {
      try {
        var found = Recovery.of(path);
        found.tallies().forEach(quota::restore);
        written.putAll(found.tallies());
        end = found.end();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
    return end;
  }

  /** Like {@link #end}, but first tries again to write the records that the medium did not take. */
  private synchronized SegmentEnd endOfAll() {
    try {
      takeIn();
      if (endIsNotWritten) {
        writeEnd();
      } else if (!end().ended()) {
        writeKept();
      }
    } catch (IOException e) {
      LOG.debug("{} does not take it yet", path, e);
    }
    return end();
  }

  synchronized boolean isStored() {
    try {
      endOfAll();
    } catch (UncheckedIOException e) {
      LOG.debug("{} cannot be read yet", path, e);
    }
    return unread.isEmpty() && unwritten.isEmpty() && !endIsNotWritten;
  }

  synchronized long storedBytes(LogSource source) {
    end();
    return quota.bytes(source);
  }

  Waiting whenReadable(LogSelection selection, long index, Runnable task) {
    synchronized (this) {
      var now = end();
      if (!now.ended() && index >= now.position().index(selection)) {
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
      takeIn();
      if (end().ended()) {
        return;
      }
      try {
        writeEnd();
      } catch (IOException e) {
        LOG.warn(
            "{}: the end of the output waits until the disk takes it: {}",
            path.getFileName(),
            e.getMessage());
      }
      readers = waiters.takeAll();
    }
    readers.forEach(Runnable::run);
  }

  void delete() {
    List<Runnable> readers;
    synchronized (this) {
      close();
      end = SegmentEnd.DELETED;
      endIsNotWritten = false;
      quota.clear();
      written.clear();
      unread.clear();
      unwritten.clear();
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        LOG.warn("{} could not be deleted: {}. Delete it by hand.", path, e.getMessage());
      }
      readers = waiters.takeAll();
    }
    readers.forEach(Runnable::run);
  }

  /** Whether this object knows more than its file. */
  synchronized boolean isNeeded() {
    return !waiters.isEmpty() || endIsNotWritten || !unread.isEmpty() || !unwritten.isEmpty();
  }

  /** Gives the file handle back; the next record opens it again. */
  synchronized void close() {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        LOG.warn("{} could not be closed: {}", path.getFileName(), e.getMessage());
      }
      writer = null;
    }
  }

  private synchronized void giveUp(LogWaiters.Waiter waiter) {
    waiters.remove(waiter);
  }

  /** Ends the log for readers in any case; what is not written is tried again when one reads. */
  private void writeEnd() throws IOException {
    endIsNotWritten = true;
    try {
      writeKept();
      var now = end();
      long offset = writer().append(now.offset(), Frame.end(), this::blockStart);
      end = new SegmentEnd(offset, now.position(), true);
      endIsNotWritten = false;
    } finally {
      end = end().asEnded();
      close();
    }
  }

  private void store(Frame.Kind kind, LogRecord record, long bytes) {
    try {
      writeKept();
      write(kind, record, bytes);
    } catch (IOException e) {
      if (unwritten.isEmpty()) {
        LOG.warn("{}: output of the job waits until the disk takes it: {}", path, e.getMessage());
      }
      unwritten.add(new UnwrittenRecords.Item(kind, record, bytes));
    }
  }

  private void writeKept() throws IOException {
    for (var item = unwritten.first(); item != null; item = unwritten.first()) {
      write(item.kind(), item.record(), item.bytesOfSource());
      unwritten.removeFirst();
    }
    var lost = unwritten.lastLost();
    if (lost != null) {
      var text = "\n[datasphere-emulator] " + unwritten.lostBytes()
          + " bytes are missing here: the disk did not take them\n";
      var word =
          new LogRecord(lost.record().source(), lost.record().createdAt(), text.getBytes(UTF_8));
      write(Frame.Kind.WORD, word, lost.bytesOfSource());
      unwritten.lostAreTold();
    }
  }

  private void write(Frame.Kind kind, LogRecord record, long bytes) throws IOException {
    var now = end();
    var frame = Frame.of(kind, record, bytes);
    long offset = writer().append(now.offset(), frame, this::blockStart);
    written.put(record.source(), new Tally(bytes, kind == Frame.Kind.CUT));
    var position = now.position().after(record.source().isStandardStream());
    end = new SegmentEnd(offset, position, false);
  }

  private byte[] blockStart() {
    return Frame.block(end().position(), written);
  }

  private SegmentWriter writer() throws IOException {
    if (writer == null) {
      writer = SegmentWriter.open(path, end().offset());
    }
    return writer;
  }

  private UncheckedIOException unreadable(IOException cause) {
    return new UncheckedIOException(
        "The log " + path + " cannot be read: " + cause.getMessage(), cause);
  }
}
