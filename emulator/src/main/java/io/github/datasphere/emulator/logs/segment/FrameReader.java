package io.github.datasphere.emulator.logs.segment;

import io.github.datasphere.emulator.logs.Needle;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the complete frames of a file through a window on it. Each reader opens the file for
 * itself, and only while it reads: a waiting reader costs no handle, and the interrupt of one
 * thread does not close the file of another.
 */
final class FrameReader implements AutoCloseable {
  static final int BLOCK_BYTES = 1 << 20;

  /** Just enough for a page of a fast log: two pieces of 64 KiB with their headers. */
  private static final int WINDOW_BYTES = 132 << 10;

  /** For larger pieces the JDK allocates and frees native memory at each read. */
  private static final int PIECE_BYTES = 64 << 10;

  private final RandomAccessFile file;
  private final long end;
  private byte[] window = {};
  private byte[] room = {};
  private long start;
  private int filled;

  private FrameReader(RandomAccessFile file, long end) {
    this.file = file;
    this.end = end;
  }

  /** Opens a reader for the part before {@code end}. */
  static FrameReader open(Path path, long end) throws IOException {
    return new FrameReader(new RandomAccessFile(path.toFile(), "r"), end);
  }

  /** Opens a reader for the whole file. */
  static FrameReader open(Path path) throws IOException {
    var file = new RandomAccessFile(path.toFile(), "r");
    return new FrameReader(file, file.length());
  }

  long end() {
    return end;
  }

  /** Returns the frame that begins here; null if there is no complete one. */
  @Nullable
  Frame at(long offset) throws IOException {
    if (!isAvailable(offset, Frame.HEADER_BYTES)) {
      return null;
    }
    var header = ByteBuffer.wrap(window, (int) (offset - start), Frame.HEADER_BYTES);
    int length = header.getInt();
    int checksum = header.getInt();
    if (length < 1 || length > BLOCK_BYTES || !isAvailable(offset + Frame.HEADER_BYTES, length)) {
      return null;
    }
    int from = (int) (offset + Frame.HEADER_BYTES - start);
    if (Frame.checksum(window, from, length) != checksum) {
      return null;
    }
    var body = ByteBuffer.wrap(window, from + 1, length - 1).slice();
    return new Frame(Frame.Kind.of(window[from]), body, Frame.HEADER_BYTES + length);
  }

  /**
   * Returns what seems to begin here, judged by its first bytes without the checksum; null if even
   * those are missing.
   */
  @Nullable
  Frame glimpse(long offset) throws IOException {
    if (!isAvailable(offset, Frame.GLIMPSE_BYTES)) {
      return null;
    }
    int from = (int) (offset - start);
    int length = ByteBuffer.wrap(window, from, Integer.BYTES).getInt();
    int kind = from + Frame.HEADER_BYTES;
    var body = ByteBuffer.wrap(window, kind + 1, Frame.GLIMPSE_BYTES - Frame.HEADER_BYTES - 1);
    return new Frame(Frame.Kind.of(window[kind]), body.slice(), Frame.HEADER_BYTES + length);
  }

  /**
   * Returns the frame at the start of the block with this number; null if it is damaged or missing.
   */
  @Nullable
  Frame block(long number) throws IOException {
    var frame = at(number * BLOCK_BYTES);
    return frame != null && frame.isBlockStart() ? frame : null;
  }

  /** Takes the rest of a block in at once. Frames of an earlier call are spoilt by that. */
  void load(long offset) throws IOException {
    if (room.length == 0) {
      room = new byte[BLOCK_BYTES];
    }
    read(room, offset, (int) Math.min(BLOCK_BYTES - offset % BLOCK_BYTES, end - offset));
  }

  /** Returns false only if what was loaded cannot hold it. */
  boolean mayHold(Needle needle) {
    return needle.mayBeIn(window, filled);
  }

  static long blockOf(long offset) {
    return offset / BLOCK_BYTES;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private boolean isAvailable(long offset, int length) throws IOException {
    if (offset + length > end) {
      return false;
    }
    if (offset < start || offset + length > start + filled) {
      fill(offset, length);
    }
    return offset + length <= start + filled;
  }

  private void fill(long offset, int length) throws IOException {
    int wanted = (int) Math.min(Math.max(length, WINDOW_BYTES), end - offset);
    // Frames that were returned still point into the old window
    read(new byte[wanted], offset, wanted);
  }

  private void read(byte[] into, long offset, int wanted) throws IOException {
    window = into;
    start = offset;
    filled = 0;
    file.seek(offset);
    while (filled < wanted) {
      int count = file.read(window, filled, Math.min(PIECE_BYTES, wanted - filled));
      if (count < 0) {
        return;
      }
      filled += count;
    }
  }
}
