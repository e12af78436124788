package io.github.datasphere.emulator.runner.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** A tar archive that comes into being while it is read: no file, no thread, little memory. */
final class TarStream extends InputStream {
  /** The service makes all inputs executable (service-behaviour 4.5). */
  private static final int MODE = 0755;

  private static final int CHUNK = 64 * 1024;

  private final Source source;
  private final Ready ready = new Ready();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(ready, UTF_8.name());
  private final byte[] chunk = new byte[CHUNK];
  private @Nullable InputStream current;
  private @Nullable IOException failure;
  private boolean finished;

  TarStream(Source source) {
    this.source = source;
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /** Gives the entries one after another. */
  @FunctionalInterface
  interface Source {
    /** The next entry, null after the last. */
    @Nullable
    Entry next() throws IOException;
  }

  /**
   * One entry.
   *
   * @param path relative; a directory's ends in a slash
   */
  record Entry(String path, long size, Content content) {
    static Entry directory(String path) {
      return new Entry(path + "/", 0, InputStream::nullInputStream);
    }
  }

  /** Opens what an entry holds; not called for directories. */
  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;
  }

  /** Why it could not be read to its end; null if it could. */
  @Nullable
  IOException failure() {
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
      tar.finish();
      finished = true;
      return;
    }
    var header = new TarArchiveEntry(entry.path());
    header.setMode(MODE);
    header.setSize(entry.size());
    tar.putArchiveEntry(header);
    if (header.isDirectory()) {
      tar.closeArchiveEntry();
    } else {
      current = entry.content().open();
    }
    tar.flush();
  }

  private void copyOn(InputStream content) throws IOException {
    int count = content.read(chunk);
    if (count < 0) {
      content.close();
      current = null;
      tar.closeArchiveEntry();
    } else {
      tar.write(chunk, 0, count);
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
