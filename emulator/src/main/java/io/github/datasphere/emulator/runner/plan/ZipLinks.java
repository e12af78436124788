package io.github.datasphere.emulator.runner.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the entries of an archive that stand for links or other special files: the table of
 * contents says so in a field that the JDK does not show.
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

  /** Names of these entries. */
  static Set<String> names(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      var links = new HashSet<String>();
      var contents = contents(channel);
      var entry = read(channel, contents.at(), ENTRY_LENGTH);
      for (long at = contents.at(); at < contents.end() && entry.getInt(0) == ENTRY_MAGIC; ) {
        int nameLength = Short.toUnsignedInt(entry.getShort(28));
        if (isSpecial(entry)) {
          links.add(new String(read(channel, at + ENTRY_LENGTH, nameLength).array(), UTF_8));
        }
        at += ENTRY_LENGTH
            + nameLength
            + Short.toUnsignedInt(entry.getShort(30))
            + Short.toUnsignedInt(entry.getShort(32));
        entry = read(channel, at, ENTRY_LENGTH);
      }
      return links;
    }
  }

  private static boolean isSpecial(ByteBuffer entry) {
    int system = entry.get(5);
    int type = (entry.getInt(38) >>> 16) & TYPE_MASK;
    return system == UNIX && type != 0 && type != REGULAR && type != DIRECTORY;
  }

  /** Where the table of contents lies. */
  private record Contents(long at, long end) {}

  private static Contents contents(FileChannel channel) throws IOException {
    int length = (int) Math.min(channel.size(), END_LENGTH + LONGEST_COMMENT);
    long start = channel.size() - length;
    var tail = read(channel, start, length);
    for (int i = length - END_LENGTH; i >= 0; i--) {
      if (tail.getInt(i) == END_MAGIC) {
        long at = tail.getInt(i + 16) & INT;
        return at == INT ? large(channel, start + i) : new Contents(at, start + i);
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
    return new Contents(read(channel, largeEnd, 56).getLong(48), largeEnd);
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
      // reads on until it is full, or the file ends
    }
    return buffer;
  }
}
