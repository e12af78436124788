package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.files.StorageException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A stored file that gives no more bytes than its job has announced, whatever became of it in the
 * storage: what is longer would fill the disk before its digest tells that it is another.
 */
final class AnnouncedContent extends FilterInputStream {
  private final long sizeBytes;
  private long left;

  AnnouncedContent(InputStream content, long sizeBytes) {
    super(content);
    this.sizeBytes = sizeBytes;
    this.left = sizeBytes;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    take(Math.max(0, count));
    return count;
  }

  /** Copies as the content does, which knows how large its pieces should be. */
  @Override
  public long transferTo(OutputStream out) throws IOException {
    return in.transferTo(new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        take(1);
        out.write(one);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        take(length);
        out.write(bytes, offset, length);
      }
    });
  }

  private void take(int count) throws StorageException {
    left -= count;
    if (left < 0) {
      throw new StorageException(
          StorageException.Reason.REFUSED,
          "The storage has more than the " + sizeBytes + " bytes that the job announced: the file"
              + " was changed there. Put back a copy of it, or remove it and create the job again to"
              + " upload it again.",
          null);
    }
  }
}
