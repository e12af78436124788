package io.github.datasphere.emulator.runner.docker.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches the engine's archive while it is read, and keeps the names as bytes. The archive reader
 * replaces every byte that is not UTF-8 by the same character, so such names could not be told
 * apart.
 *
 * <p>The engine puts every name that is not plain ASCII into a record in front of the entry.
 */
public final class TarNames extends FilterInputStream {
  private static final int BLOCK = 512;
  private static final int SIZE_AT = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TYPE_AT = 156;
  private static final byte RECORDS_FOLLOW = 'x';
  private static final long NUMBER_IS_BINARY = 0x80;

  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private Map<String, byte[]> announced = Map.of();
  private Map<String, byte[]> current = Map.of();
  private boolean isInRecords;
  private boolean isEnded;
  private long left = BLOCK;
  private long skipped;

  TarNames(InputStream archive) {
    super(archive);
  }

  /** Returns the path of the entry that was read last if a record gave it; else null. */
  public byte @Nullable [] path() {
    return current.get("path");
  }

  /** Whether the mark at the end of an archive has come. */
  boolean isEnded() {
    return isEnded;
  }

  /** Returns the target of the link that was read last if a record gave it; else null. */
  byte @Nullable [] link() {
    return current.get("linkpath");
  }

  /**
   * Returns what follows the first slash; the engine's paths begin with the name that was asked
   * for.
   */
  public static byte[] below(byte[] path) {
    var text = new String(path, ISO_8859_1).replaceFirst("/+$", "");
    int slash = text.indexOf('/');
    return (slash < 0 ? "" : text.substring(slash + 1)).getBytes(ISO_8859_1);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    for (int done = 0; done < count; ) {
      done += look(target, offset + done, count - done);
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, BLOCK * BLOCK)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Takes the bytes that belong to one part of the archive; returns how many. */
  private int look(byte[] bytes, int offset, int length) {
    if (skipped > 0) {
      int part = (int) Math.min(skipped, length);
      skipped -= part;
      return part;
    }
    int part = (int) Math.min(left, length);
    gathered.write(bytes, offset, part);
    left -= part;
    if (left == 0) {
      var whole = gathered.toByteArray();
      gathered.reset();
      left = BLOCK;
      if (isInRecords) {
        isInRecords = false;
        skipped = padding(whole.length);
        announced = records(whole);
      } else {
        begin(whole);
      }
    }
    return part;
  }

  private void begin(byte[] header) {
    isEnded = isEnded || Arrays.equals(header, new byte[BLOCK]);
    long size = size(header);
    if (header[TYPE_AT] == RECORDS_FOLLOW) {
      isInRecords = size > 0;
      left = size > 0 ? size : BLOCK;
      return;
    }
    current = announced;
    announced = Map.of();
    var told = current.get("size");
    size = told == null ? size : Long.parseLong(new String(told, ISO_8859_1));
    skipped = size + padding(size);
  }

  private static long padding(long size) {
    return (BLOCK - size % BLOCK) % BLOCK;
  }

  private static long size(byte[] header) {
    long size = 0;
    if ((header[SIZE_AT] & NUMBER_IS_BINARY) != 0) {
      for (int at = SIZE_AT + SIZE_LENGTH - Long.BYTES; at < SIZE_AT + SIZE_LENGTH; at++) {
        size = (size << Byte.SIZE) | (header[at] & 0xff);
      }
      return size;
    }
    for (int at = SIZE_AT; at < SIZE_AT + SIZE_LENGTH; at++) {
      if (header[at] >= '0' && header[at] <= '7') {
        size = size * 8 + header[at] - '0';
      }
    }
    return size;
  }

  /**
   * Reads records; each is its own length, a blank, a key, an equals sign, a value and a line end.
   */
  private static Map<String, byte[]> records(byte[] bytes) {
    var records = new HashMap<String, byte[]>();
    var text = new String(bytes, ISO_8859_1);
    for (int at = 0; at < text.length(); ) {
      int blank = text.indexOf(' ', at);
      int equals = text.indexOf('=', at);
      if (blank < 0 || equals < blank) {
        break;
      }
      int end = at + Integer.parseInt(text.substring(at, blank));
      if (end <= equals || end > text.length()) {
        break;
      }
      records.put(
          text.substring(blank + 1, equals),
          text.substring(equals + 1, end - 1).getBytes(ISO_8859_1));
      at = end;
    }
    return records;
  }
}
