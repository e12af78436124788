package io.github.datasphere.emulator.logs.segment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.logs.LogPosition;
import io.github.datasphere.emulator.logs.LogQuota.Tally;
import io.github.datasphere.emulator.logs.LogRecord;
import io.github.datasphere.emulator.logs.LogSelection;
import io.github.datasphere.emulator.logs.LogSource;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The unit of a file.
 *
 * @param body bytes that follow the kind
 * @param size bytes that the frame takes in the file
 */
record Frame(Kind kind, ByteBuffer body, int size) {
  /** Size of length and checksum, which come before the kind and the body. */
  static final int HEADER_BYTES = 8;

  /** Size of a record without the name of its source and its content. */
  static final int GLIMPSE_BYTES = HEADER_BYTES + 22;

  private static final int MAGIC = 0x44534C31; // "DSL1": the first layout
  private static final int RECORD_BYTES = 21;
  private static final int BLOCK_START_BYTES = 25;
  private static final int LONGEST_PATH = 0xFFFF;
  private static final byte FILE = 3;

  /** The kinds of frames. */
  enum Kind {
    /** The kind of no record: a hole in a file reads as zeros. */
    HOLE(0),
    /** The beginning of a block. */
    BLOCK(1),
    /** A record. */
    RECORD(2),
    /** A record of the emulator: its source has reached its limit and ends here. */
    CUT(3),
    /** Any other record of the emulator; it does not count for its source. */
    WORD(4),
    /** No more records will come. */
    END(5);

    private static final List<Kind> ALL = List.of(values());

    private final byte number;

    Kind(int number) {
      this.number = (byte) number;
    }

    static Kind of(byte number) {
      // In the order of their numbers; asked for each frame that is read
      return number >= 0 && number < ALL.size() ? ALL.get(number) : HOLE;
    }
  }

  /** What a block says about the blocks before it. */
  record BlockStart(LogPosition position, Map<LogSource, Tally> tallies) {}

  static byte[] of(Kind kind, LogRecord record, long bytesOfSource) {
    var path = record.source().path().getBytes(UTF_8);
    var createdAt = record.createdAt();
    var bytes = new byte[HEADER_BYTES + RECORD_BYTES + 3 + path.length + record.content().length];
    var frame = begin(kind, bytes);
    frame.putLong(createdAt.getEpochSecond()).putInt(createdAt.getNano()).putLong(bytesOfSource);
    putSource(frame, record.source().kind(), path);
    frame.put(record.content());
    return finish(bytes);
  }

  static byte[] end() {
    var bytes = new byte[HEADER_BYTES + 1];
    begin(Kind.END, bytes);
    return finish(bytes);
  }

  static byte[] block(LogPosition position, Map<LogSource, Tally> tallies) {
    int size = HEADER_BYTES + BLOCK_START_BYTES;
    for (var source : tallies.keySet()) {
      size += 12 + source.path().getBytes(UTF_8).length;
    }
    var bytes = new byte[size];
    var frame = begin(Kind.BLOCK, bytes).putInt(MAGIC);
    frame.putLong(position.records()).putLong(position.standardRecords());
    frame.putInt(tallies.size());
    tallies.forEach((source, tally) -> {
      putSource(frame, source.kind(), source.path().getBytes(UTF_8));
      frame.putLong(tally.bytes()).put((byte) (tally.full() ? 1 : 0));
    });
    return finish(bytes);
  }

  LogRecord toRecord() {
    var at = body.duplicate();
    var createdAt = Instant.ofEpochSecond(at.getLong(), at.getInt());
    at.getLong();
    var source = source(at);
    var content = new byte[at.remaining()];
    at.get(content);
    return new LogRecord(source, createdAt, content);
  }

  /** The least size of the content: that of the frame without the longest possible path. */
  int leastContentBytes() {
    return size - HEADER_BYTES - RECORD_BYTES - 3 - (isOfStandardStream() ? 0 : LONGEST_PATH);
  }

  LogSource source() {
    return source(body.duplicate().position(body.position() + RECORD_BYTES - 1));
  }

  /** Returns how much the source had written, up to and with this record. */
  Tally tally() {
    return new Tally(body.getLong(body.position() + 12), kind == Kind.CUT);
  }

  boolean isRecord() {
    return switch (kind) {
      case RECORD, CUT, WORD -> true;
      case HOLE, BLOCK, END -> false;
    };
  }

  boolean isOf(LogSelection selection) {
    return switch (selection) {
      case ALL -> true;
      case STANDARD_STREAMS -> isOfStandardStream();
    };
  }

  boolean isOfStandardStream() {
    return body.get(body.position() + RECORD_BYTES - 1) != FILE;
  }

  boolean isBlockStart() {
    return kind == Kind.BLOCK && body.getInt(body.position()) == MAGIC;
  }

  LogPosition position() {
    return new LogPosition(body.getLong(body.position() + 4), body.getLong(body.position() + 12));
  }

  BlockStart toBlockStart() {
    var at = body.duplicate().position(body.position() + 20);
    int count = at.getInt();
    var tallies = new LinkedHashMap<LogSource, Tally>();
    for (int i = 0; i < count; i++) {
      tallies.put(source(at), new Tally(at.getLong(), at.get() == 1));
    }
    return new BlockStart(position(), tallies);
  }

  static int checksum(byte[] bytes, int offset, int length) {
    var crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  private static ByteBuffer begin(Kind kind, byte[] bytes) {
    return ByteBuffer.wrap(bytes).putInt(bytes.length - HEADER_BYTES).putInt(0).put(kind.number);
  }

  private static byte[] finish(byte[] bytes) {
    int checksum = checksum(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    ByteBuffer.wrap(bytes).putInt(4, checksum);
    return bytes;
  }

  private static void putSource(ByteBuffer to, LogSource.Kind kind, byte[] path) {
    to.put(number(kind)).putShort((short) path.length).put(path);
  }

  private static byte number(LogSource.Kind kind) {
    return switch (kind) {
      case STDOUT -> 1;
      case STDERR -> 2;
      case FILE -> FILE;
    };
  }

  private static LogSource source(ByteBuffer from) {
    byte kind = from.get();
    var path = new byte[from.getShort() & 0xFFFF];
    from.get(path);
    if (kind == FILE) {
      return LogSource.file(new String(path, UTF_8));
    }
    return kind == number(LogSource.Kind.STDOUT) ? LogSource.STDOUT : LogSource.STDERR;
  }
}
