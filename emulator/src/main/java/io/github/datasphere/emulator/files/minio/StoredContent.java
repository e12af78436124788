package io.github.datasphere.emulator.files.minio;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An object being read; says whose fault it is if that breaks off. */
final class StoredContent extends FilterInputStream {
  private final Trouble trouble;

  StoredContent(InputStream content, Trouble trouble) {
    super(content);
    this.trouble = trouble;
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      throw trouble.ofConnection(e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return super.read(buffer, offset, length);
    } catch (IOException e) {
      throw trouble.ofConnection(e);
    }
  }
}
