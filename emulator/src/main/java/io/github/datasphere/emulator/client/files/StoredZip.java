package io.github.datasphere.emulator.client.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a ZIP archive without compression, as the official client packs folders (service-behaviour
 * 2.8). The JDK's own writer cannot store the executable bit of a file. All entries carry the same
 * time, so that equal content gives equal archives and is sent only once.
 */
final class StoredZip implements AutoCloseable {
  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int CENTRAL_HEADER = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_LOCATOR = 0x07064b50;
  private static final short VERSION = 20;
  private static final short VERSION_64 = 45;
  private static final short MADE_ON_UNIX = 3 << 8;
  private static final short UTF_8_NAMES = 0x800;
  private static final short FIRST_DATE = 1 << 5 | 1;
  private static final int REGULAR_FILE = 0100000;
  private static final long MAX_32 = 0xFFFFFFFFL;
  private static final int MAX_16 = 0xFFFF;

  private final OutputStream out;
  private final List<Entry> entries = new ArrayList<>();
  private final WritableByteChannel channel;
  private long position;

  StoredZip(OutputStream out) {
    this.out = out;
    this.channel = Channels.newChannel(out);
  }

  /**
   * A file of the archive.
   *
   * @param name with slashes
   * @param mode permission bits
   * @param offset where its header starts
   */
  private record Entry(String name, int mode, long crc, long size, long offset) {
    byte[] nameBytes() {
      return name.getBytes(StandardCharsets.UTF_8);
    }

    boolean isLarge() {
      return size >= MAX_32;
    }

    boolean isFar() {
      return offset >= MAX_32;
    }
  }

  /**
   * Starts an entry; exactly {@code size} bytes of content are to be written to the stream next.
   */
  OutputStream begin(String name, int mode, long crc, long size) throws IOException {
    var entry = new Entry(name, mode, crc, size, position);
    entries.add(entry);
    ByteBuffer header = buffer();
    header.putInt(LOCAL_HEADER);
    putCommon(header, entry, entry.isLarge());
    header.putShort((short) entry.nameBytes().length);
    header.putShort((short) (entry.isLarge() ? 20 : 0));
    header.put(entry.nameBytes());
    if (entry.isLarge()) {
      header.putShort((short) 1).putShort((short) 16).putLong(size).putLong(size);
    }
    write(header);
    position += size;
    return out;
  }

  /** Writes the directory of the archive; the stream below stays open. */
  @Override
  public void close() throws IOException {
    long start = position;
    for (Entry entry : entries) {
      write(centralHeader(entry));
    }
    long size = position - start;
    boolean wide = entries.size() >= MAX_16 || start >= MAX_32 || size >= MAX_32;
    if (wide) {
      write(wideEnd(start, size));
    }
    ByteBuffer end = buffer();
    end.putInt(END).putInt(0);
    end.putShort((short) (wide ? MAX_16 : entries.size()));
    end.putShort((short) (wide ? MAX_16 : entries.size()));
    end.putInt((int) (wide ? MAX_32 : size));
    end.putInt((int) (wide ? MAX_32 : start));
    end.putShort((short) 0);
    write(end);
    out.flush();
  }

  private static ByteBuffer centralHeader(Entry entry) {
    ByteBuffer extra = buffer();
    if (entry.isLarge()) {
      extra.putLong(entry.size).putLong(entry.size);
    }
    if (entry.isFar()) {
      extra.putLong(entry.offset);
    }
    extra.flip();
    boolean wide = extra.hasRemaining();
    ByteBuffer header = buffer();
    header.putInt(CENTRAL_HEADER);
    header.putShort((short) (MADE_ON_UNIX | (wide ? VERSION_64 : VERSION)));
    putCommon(header, entry, wide);
    header.putShort((short) entry.nameBytes().length);
    header.putShort((short) (wide ? 4 + extra.remaining() : 0));
    header.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    header.putInt((REGULAR_FILE | entry.mode) << 16);
    header.putInt((int) Math.min(entry.offset, MAX_32));
    header.put(entry.nameBytes());
    if (wide) {
      header.putShort((short) 1).putShort((short) extra.remaining()).put(extra);
    }
    return header;
  }

  private static void putCommon(ByteBuffer header, Entry entry, boolean wide) {
    header.putShort(wide ? VERSION_64 : VERSION).putShort(UTF_8_NAMES);
    header.putShort((short) 0).putShort((short) 0).putShort(FIRST_DATE);
    header.putInt((int) entry.crc);
    header.putInt((int) Math.min(entry.size, MAX_32)).putInt((int) Math.min(entry.size, MAX_32));
  }

  private ByteBuffer wideEnd(long start, long size) {
    ByteBuffer end = buffer();
    end.putInt(END_64).putLong(44);
    end.putShort((short) (MADE_ON_UNIX | VERSION_64)).putShort(VERSION_64);
    end.putInt(0).putInt(0).putLong(entries.size()).putLong(entries.size());
    end.putLong(size).putLong(start);
    end.putInt(END_64_LOCATOR).putInt(0).putLong(start + size).putInt(1);
    return end;
  }

  private void write(ByteBuffer buffer) throws IOException {
    position += buffer.position();
    channel.write(buffer.flip());
  }

  /** Large enough for the longest header: a name has at most 65,535 bytes. */
  private static ByteBuffer buffer() {
    return ByteBuffer.allocate(MAX_16 + 128).order(ByteOrder.LITTLE_ENDIAN);
  }
}
