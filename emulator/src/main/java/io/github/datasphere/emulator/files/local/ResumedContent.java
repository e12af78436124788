package io.github.datasphere.emulator.files.local;

import java.io.IOException;
import java.io.InputStream;

/**
 * The rest of a large file that this process knows nothing of. It comes without delay but for its
 * last byte, before which all of the file is read once: whoever resumes a download, or fetches it
 * in parts, ends up with a sound file or none.
 */
final class ResumedContent extends SequentialContent {
  private final Check check;
  private long left;

  /** Throws if the file is not sound. */
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
