package io.github.datasphere.emulator.client.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that tells how far its reader is, and whether it was the content that failed. */
final class WatchedContent extends FilterInputStream {
  private final TransferProgress progress;
  private boolean failed;

  WatchedContent(InputStream content, TransferProgress progress) {
    super(content);
    this.progress = progress;
  }

  boolean hasFailed() {
    return failed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(bytes, offset, length);
    } catch (IOException e) {
      failed = true;
      throw e;
    }
    if (count > 0) {
      progress.advance(count);
    }
    return count;
  }
}
