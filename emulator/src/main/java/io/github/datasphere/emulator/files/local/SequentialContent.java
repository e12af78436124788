package io.github.datasphere.emulator.files.local;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that is read once, from its start to its end, through one method. */
abstract class SequentialContent extends FilterInputStream {
  SequentialContent(InputStream content) {
    super(content);
  }

  /** Reads like {@link #read(byte[], int, int)}. */
  abstract int pass(byte[] bytes, int offset, int length) throws IOException;

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return pass(bytes, offset, length);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, 1 << 16)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
