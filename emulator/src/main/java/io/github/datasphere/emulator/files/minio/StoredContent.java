package io.github.datasphere.emulator.files.minio;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An object that is being read. If that breaks off, it says whose fault it is. */
final class StoredContent extends FilterInputStream {
  private final Judge judge;
  private long done;

  /** Returns the exception for a connection that failed after this many bytes. */
  @FunctionalInterface
  interface Judge {
    IOException of(long done, IOException failure);
  }

  StoredContent(InputStream content, Judge judge) {
    super(content);
    this.judge = judge;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int read = super.read(buffer, offset, length);
      done += Math.max(0, read);
      return read;
    } catch (IOException e) {
      throw judge.of(done, e);
    } catch (RuntimeException e) {
      throw judge.of(done, new IOException("its answer cannot be read: " + e.getMessage(), e));
    }
  }

  /** The client reads the rest of some answers first. */
  @Override
  public void close() throws IOException {
    try {
      super.close();
    } catch (RuntimeException e) {
      throw new IOException("its answer cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    done += skipped;
    return skipped;
  }
}
