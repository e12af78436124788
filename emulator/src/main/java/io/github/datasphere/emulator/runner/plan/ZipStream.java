package io.github.datasphere.emulator.runner.plan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** A ZIP archive that comes into being while it is read: no file, no thread, little memory. */
public final class ZipStream extends InputStream {
  private static final int CHUNK = 64 * 1024;

  private final Source source;
  private final Ready ready = new Ready();
  private final ZipOutputStream zip = new ZipOutputStream(ready);
  private final byte[] chunk = new byte[CHUNK];
  private @Nullable InputStream current;
  private boolean finished;

  public ZipStream(Source source) {
    this.source = source;
    // Outputs of jobs are large and seldom shrink, and the way to the client is short
    zip.setLevel(Deflater.NO_COMPRESSION);
  }

  /** Gives the entries one after another. */
  @FunctionalInterface
  public interface Source {
    /** The next entry, null after the last. */
    @Nullable
    Entry next() throws IOException;
  }

  /**
   * One entry.
   *
   * @param name with slashes; a directory's ends in one
   */
  public record Entry(String name, FileTime modified, Content content) {}

  /** Opens what an entry holds; not called for directories. */
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    while (length > 0 && ready.isEmpty() && !finished) {
      advance();
    }
    return length == 0 ? 0 : ready.take(target, offset, length);
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
  }

  private void advance() throws IOException {
    if (current != null) {
      copyOn(current);
      return;
    }
    var entry = source.next();
    if (entry == null) {
      zip.finish();
      finished = true;
      return;
    }
    var header = new ZipEntry(entry.name());
    header.setLastModifiedTime(entry.modified());
    zip.putNextEntry(header);
    if (header.isDirectory()) {
      zip.closeEntry();
    } else {
      current = entry.content().open();
    }
  }

  private void copyOn(InputStream content) throws IOException {
    int count = content.read(chunk);
    if (count < 0) {
      content.close();
      current = null;
      zip.closeEntry();
    } else {
      zip.write(chunk, 0, count);
    }
  }

  /** What is packed but not read yet. */
  private static final class Ready extends ByteArrayOutputStream {
    private int position;

    boolean isEmpty() {
      return position == count;
    }

    int take(byte[] target, int offset, int length) {
      int taken = Math.min(length, count - position);
      System.arraycopy(buf, position, target, offset, taken);
      position += taken;
      if (position == count) {
        position = 0;
        reset();
      }
      return taken == 0 ? -1 : taken;
    }
  }
}
