package io.github.datasphere.emulator.files.minio;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An object being read; says whose fault it is if that breaks off. */
final class StoredContent extends FilterInputStream {
  private final Judge judge;
  private long done;

  /** Says what is to be thrown for a connection that failed after so many bytes. */
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
    try {
      int read = super.read();
      done += read < 0 ? 0 : 1;
      return read;
    } catch (IOException e) {
      throw judge.of(done, e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int read = super.read(buffer, offset, length);
      done += Math.max(0, read);
      return read;
    } catch (IOException e) {
      throw judge.of(done, e);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    done += skipped;
    return skipped;
  }
}
