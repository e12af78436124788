package io.github.datasphere.emulator.logs.segment;

import static io.github.datasphere.emulator.logs.segment.FrameReader.BLOCK_BYTES;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.logs.LogPage;
import io.github.datasphere.emulator.logs.LogPosition;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.LogSkip;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.logs.Needle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Reads pages of one file. */
final class SegmentReader {
  private final Path path;
  private final Cursors cursors;

  SegmentReader(Path path, Cursors cursors) {
    this.path = path;
    this.cursors = cursors;
  }

  /**
   * Returns the records from {@code index} on. There is at least one, since the index is before the
   * end.
   */
  LogPage read(SegmentEnd end, LogSelection selection, long index, int maxBytes)
      throws IOException {
    try (var reader = FrameReader.open(path, end.offset())) {
      var walk = new RecordWalk(reader, start(reader, selection, index));
      var page = new Page(end, selection, index, maxBytes);
      var stop = walk.cursor();
      for (var frame = walk.next(); frame != null; frame = walk.next()) {
        if (frame.isOf(selection) && !page.add(frame, walk.cursor().position())) {
          break;
        }
        stop = walk.cursor();
        if (page.isNearlyFull() && page.isEndedBy(reader.glimpse(stop.offset()))) {
          break;
        }
      }
      cursors.add(stop);
      return page.finish();
    }
  }

  /** Passes whole blocks that do not hold what is looked for; their records are not even found. */
  LogSkip skip(SegmentEnd end, long index, Needle needle, long maxBytes) throws IOException {
    try (var reader = FrameReader.open(path, end.offset())) {
      long from = start(reader, LogSelection.ALL, index).offset();
      Cursor known = null;
      for (long offset = from; offset < end.offset(); offset = afterBlock(offset)) {
        reader.load(offset);
        boolean isStart = offset % BLOCK_BYTES == 0;
        var block = isStart ? reader.block(FrameReader.blockOf(offset)) : null;
        if (block != null && block.position().records() > index) {
          known = new Cursor(offset, block.position());
        }
        // How many records a damaged block holds is told by reading it
        boolean isDamaged = isStart && block == null;
        if (isDamaged || offset - from >= maxBytes || reader.mayHold(needle)) {
          return skipped(known, index, offset - from);
        }
      }
      return new LogSkip(end.position().records(), end.offset() - from);
    }
  }

  private LogSkip skipped(@Nullable Cursor to, long index, long bytes) {
    if (to == null) {
      return new LogSkip(index, bytes);
    }
    cursors.add(to);
    return new LogSkip(to.position().records(), bytes);
  }

  private static long afterBlock(long offset) {
    return (FrameReader.blockOf(offset) + 1) * BLOCK_BYTES;
  }

  private Cursor start(FrameReader reader, LogSelection selection, long index) throws IOException {
    var known = cursors.before(selection, index);
    if (known.isPresent() && known.get().position().index(selection) == index) {
      return known.get();
    }
    var block = blockBefore(reader, selection, index);
    return known.filter(cursor -> cursor.offset() > block.offset()).orElse(block);
  }

  /** Returns the last undamaged block that begins at the index or before it. */
  private static Cursor blockBefore(FrameReader reader, LogSelection selection, long index)
      throws IOException {
    var best = new Cursor(0, LogPosition.START);
    long low = 0;
    long high = FrameReader.blockOf(Math.max(0, reader.end() - 1));
    while (low < high) {
      long middle = (low + high + 1) / 2;
      long block = middle;
      var frame = reader.block(block);
      while (frame == null && block > low + 1) {
        frame = reader.block(--block);
      }
      if (frame != null && frame.position().index(selection) <= index) {
        best = new Cursor(block * BLOCK_BYTES, frame.position());
        low = middle;
      } else {
        high = block - 1;
      }
    }
    return best;
  }

  /** A page while it is filled. */
  private static final class Page {
    private final SegmentEnd end;
    private final LogSelection selection;
    private final int maxBytes;
    private final ArrayList<LogRecord> records = new ArrayList<>();
    private long next;
    private long bytes;

    Page(SegmentEnd end, LogSelection selection, long index, int maxBytes) {
      this.end = end;
      this.selection = selection;
      this.maxBytes = maxBytes;
      this.next = index;
    }

    /** Whether more may follow. */
    boolean add(Frame frame, LogPosition after) {
      long index = after.index(selection) - 1;
      if (index < next) {
        return true;
      }
      if (index > next && !records.isEmpty()) {
        return false;
      }
      var record = frame.toRecord();
      if (!records.isEmpty() && bytes + record.content().length > maxBytes) {
        return false;
      }
      if (index > next) {
        records.add(damaged(index - next, record.createdAt()));
      }
      records.add(record);
      bytes += record.content().length;
      next = index + 1;
      return true;
    }

    /** Whether there may be a record that has no room in the page. */
    boolean isNearlyFull() {
      return bytes + FrameReader.BLOCK_BYTES > maxBytes;
    }

    /**
     * Whether this frame has no room in the page. A frame that is left out need not be read as a
     * whole.
     */
    boolean isEndedBy(@Nullable Frame frame) {
      return frame != null
          && !records.isEmpty()
          && frame.isRecord()
          && frame.isOf(selection)
          && bytes + frame.leastContentBytes() > maxBytes;
    }

    LogPage finish() {
      long last = end.position().index(selection);
      if (records.isEmpty()) {
        records.add(damaged(last - next, Instant.EPOCH));
        next = last;
      }
      return new LogPage(records, next, end.ended() && next >= last);
    }

    private LogRecord damaged(long count, Instant at) {
      var text = "[ERROR] " + count + " records of this log are damaged and left out\n";
      var source = selection == LogSelection.ALL ? LogSource.SYSTEM : LogSource.STDERR;
      return new LogRecord(source, at, text.getBytes(UTF_8));
    }
  }
}
