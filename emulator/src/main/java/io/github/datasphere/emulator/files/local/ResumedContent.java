package io.github.datasphere.emulator.files.local;

import java.io.IOException;
import java.io.InputStream;

/**
 * The rest of a large file that this process has not checked yet. It comes without delay, except
 * its last byte: before that, the whole file is read and checked. So a client that resumes a
 * download, or fetches it in parts, gets an undamaged file or none.
 */
final class ResumedContent extends SequentialContent {
  private final Check check;
  private long left;

  /** Throws if the file is damaged. */
  @FunctionalInterface
  interface Check {
    void run() throws IOException;
  }

  ResumedContent(InputStream content, long length, Check check) {
    super(content);
    this.left = length;
    this.check = check;
  }

  @Override
  int pass(byte[] bytes, int offset, int length) throws IOException {
    if (left == 1 && length > 0) {
      check.run();
    }
    int count = in.read(bytes, offset, (int) Math.min(length, Math.max(1, left - 1)));
    left -= Math.max(0, count);
    return count;
  }
}
