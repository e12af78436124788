package io.github.datasphere.emulator.logs.segment;

import static io.github.datasphere.emulator.logs.segment.FrameReader.BLOCK_BYTES;
import static io.github.datasphere.emulator.logs.segment.FrameReader.blockOf;

import io.github.datasphere.emulator.base.OwnerOnly;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds frames to a file. */
final class SegmentWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

  private final RandomAccessFile file;

  private SegmentWriter(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * Opens the file, or makes it; cuts off everything after {@code end}, which a crash left torn.
   */
  static SegmentWriter open(Path path, long end) throws IOException {
    var file = new RandomAccessFile(OwnerOnly.createIfMissing(path).toFile(), "rw");
    try {
      if (file.length() > end) {
        LOG.warn(
            "{}: cut off {} bytes at its end, which a crash left incomplete",
            path.getFileName(),
            file.length() - end);
        file.setLength(end);
      }
      return new SegmentWriter(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Adds a frame at the end, and before it the start of a block if one is due.
   *
   * @return where the frame ends
   * @throws IOException if the medium does not take it; then nothing was added
   */
  long append(long end, byte[] frame, Supplier<byte[]> blockStart) throws IOException {
    if (end % BLOCK_BYTES != 0 && blockOf(end) == blockOf(end + frame.length - 1)) {
      return write(end, end, frame);
    }
    long block = (end + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    var first = blockStart.get();
    var both = Arrays.copyOf(first, first.length + frame.length);
    System.arraycopy(frame, 0, both, first.length, frame.length);
    return write(end, block, both);
  }

  private long write(long end, long offset, byte[] bytes) throws IOException {
    try {
      file.seek(offset);
      file.write(bytes);
      return offset + bytes.length;
    } catch (IOException e) {
      cutTo(end, e);
      throw e;
    }
  }

  private void cutTo(long end, IOException cause) {
    try {
      file.setLength(end);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
