package io.github.datasphere.emulator.runner.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.base.Utf8Paths;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds entries of an archive that the JDK does not tell apart: links and other special files, and
 * entries whose name is not UTF-8.
 */
final class ZipLinks {
  private static final int END_MAGIC = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LOCATOR_MAGIC = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int ENTRY_MAGIC = 0x02014b50;
  private static final int ENTRY_LENGTH = 46;
  private static final int UNIX = 3;
  private static final int TYPE_MASK = 0xf000;
  private static final int REGULAR = 0x8000;
  private static final int DIRECTORY = 0x4000;
  private static final long INT = 0xffffffffL;

  private ZipLinks() {}

  /** An entry, and whether it is a link or another special file. */
  record Kind(String name, boolean isSpecial) {}

  /** Returns all entries in the order of the table of contents. */
  static List<Kind> kinds(Path file) throws IOException {
    var kinds = new ArrayList<Kind>();
    visit(file, (entry, name) -> kinds.add(new Kind(new String(name, UTF_8), isSpecial(entry))));
    return kinds;
  }

  /** Returns the names that are not UTF-8, as text for humans. */
  static Set<String> notUtf8(Path file) throws IOException {
    var names = new TreeSet<String>();
    visit(file, (entry, name) -> {
      var shown = Utf8Paths.shown(name);
      if (!Arrays.equals(shown.getBytes(UTF_8), name)) {
        names.add(shown);
      }
    });
    return names;
  }

  private interface Visitor {
    void visit(ByteBuffer entry, byte[] name);
  }

  private static void visit(Path file, Visitor visitor) throws IOException {
    try (var channel = FileChannel.open(file)) {
      var contents = contents(channel);
      var entry = read(channel, contents.at(), ENTRY_LENGTH);
      for (long at = contents.at(); at < contents.end() && entry.getInt(0) == ENTRY_MAGIC; ) {
        int nameLength = Short.toUnsignedInt(entry.getShort(28));
        visitor.visit(entry, read(channel, at + ENTRY_LENGTH, nameLength).array());
        at += ENTRY_LENGTH
            + nameLength
            + Short.toUnsignedInt(entry.getShort(30))
            + Short.toUnsignedInt(entry.getShort(32));
        entry = read(channel, at, ENTRY_LENGTH);
      }
    }
  }

  private static boolean isSpecial(ByteBuffer entry) {
    int system = entry.get(5);
    int type = (entry.getInt(38) >>> 16) & TYPE_MASK;
    return system == UNIX && type != 0 && type != REGULAR && type != DIRECTORY;
  }

  /**
   * Where the table of contents begins and ends; its end counts, whatever its begin is told to be.
   */
  private record Contents(long at, long end) {
    static Contents before(long end, long length) {
      return new Contents(Math.max(0, end - length), end);
    }
  }

  private static Contents contents(FileChannel channel) throws IOException {
    int length = (int) Math.min(channel.size(), END_LENGTH + LONGEST_COMMENT);
    long start = channel.size() - length;
    var tail = read(channel, start, length);
    for (int i = length - END_LENGTH; i >= 0; i--) {
      if (tail.getInt(i) == END_MAGIC) {
        boolean isLarge = tail.getInt(i + 12) == -1 || tail.getInt(i + 16) == -1;
        return isLarge
            ? large(channel, start + i)
            : Contents.before(start + i, tail.getInt(i + 12) & INT);
      }
    }
    throw new IOException("it has no table of contents");
  }

  private static Contents large(FileChannel channel, long end) throws IOException {
    var locator = read(channel, end - LOCATOR_LENGTH, LOCATOR_LENGTH);
    if (locator.getInt(0) != LOCATOR_MAGIC) {
      throw new IOException("its table of contents is not where it should be");
    }
    long largeEnd = locator.getLong(8);
    return Contents.before(largeEnd, read(channel, largeEnd, 56).getLong(40));
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
      // The loop reads until the buffer is full or the file ends
    }
    return buffer;
  }
}
