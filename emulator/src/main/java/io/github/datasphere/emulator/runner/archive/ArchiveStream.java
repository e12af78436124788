package io.github.datasphere.emulator.runner.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** An archive that is made while it is read. It needs no file, no thread and little memory. */
public final class ArchiveStream extends InputStream {
  private static final int CHUNK = 64 * 1024;

  private final Source source;
  private final Ready ready = new Ready();
  private final Format format;
  private final byte[] chunk = new byte[CHUNK];
  private @Nullable InputStream current;
  private @Nullable IOException failure;
  private boolean finished;

  /**
   * Makes the stream; nothing is packed yet.
   *
   * @param format makes the packer of entries for an output stream
   */
  public ArchiveStream(Source source, Function<OutputStream, Format> format) {
    this.source = source;
    this.format = format.apply(ready);
  }

  /** Makes a ZIP archive without compression, since outputs of jobs are large and seldom shrink. */
  public static ArchiveStream zip(Source source) {
    return new ArchiveStream(source, ZipFormat::new);
  }

  /** Gives the entries one after another. */
  @FunctionalInterface
  public interface Source {
    /** Returns the next entry; null after the last. */
    @Nullable
    Entry next() throws IOException;
  }

  /**
   * One entry.
   *
   * @param name path with slashes; the name of a directory ends in one
   * @param size of the content, in bytes
   */
  public record Entry(String name, long size, FileTime modified, Content content) {
    public static Entry directory(String path, FileTime modified) {
      return new Entry(path + "/", 0, modified, InputStream::nullInputStream);
    }

    public boolean isDirectory() {
      return name.endsWith("/");
    }
  }

  /** Opens what an entry holds; not called for directories. */
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }

  /** Writes one kind of archive: for each entry {@link #begin}, the content, {@link #end}. */
  public interface Format {
    void begin(Entry entry) throws IOException;

    /** Returns the stream that takes the content of the entry that has begun. */
    OutputStream content();

    void end() throws IOException;

    /** Writes the end of the archive; called after the last entry. */
    void finish() throws IOException;
  }

  /** Says why the archive could not be made to its end; null if it could. */
  public @Nullable IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    try {
      while (length > 0 && ready.isEmpty() && !finished) {
        advance();
      }
      return length == 0 ? 0 : ready.take(target, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
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
      format.finish();
      finished = true;
      return;
    }
    format.begin(entry);
    if (entry.isDirectory()) {
      format.end();
    } else {
      current = entry.content().open();
    }
  }

  private void copyOn(InputStream content) throws IOException {
    int count = content.read(chunk);
    if (count < 0) {
      content.close();
      current = null;
      format.end();
    } else {
      format.content().write(chunk, 0, count);
    }
  }

  /** Holds bytes that are packed but not read yet. */
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

  /** Packs outputs for the client. They are not compressed, since the client is near. */
  private static final class ZipFormat implements Format {
    private final ZipOutputStream zip;

    ZipFormat(OutputStream target) {
      zip = new ZipOutputStream(target);
      zip.setLevel(Deflater.NO_COMPRESSION);
    }

    @Override
    public void begin(Entry entry) throws IOException {
      var header = new ZipEntry(entry.name());
      header.setLastModifiedTime(entry.modified());
      zip.putNextEntry(header);
    }

    @Override
    public OutputStream content() {
      return zip;
    }

    @Override
    public void end() throws IOException {
      zip.closeEntry();
    }

    @Override
    public void finish() throws IOException {
      zip.finish();
    }
  }
}
