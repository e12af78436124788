package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Content that breaks off once it is cancelled. */
final class Cancellable extends FilterInputStream {
  private static final int FIRST_PIECE_BYTES = 16 * 1024;
  /** With this, the copy of a gigabyte takes half as long as with the JDK's 8 KiB. */
  private static final int PIECE_BYTES = 256 * 1024;

  private final Cancellation cancellation;

  Cancellable(InputStream in, Cancellation cancellation) {
    super(in);
    this.cancellation = cancellation;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      cancellation.check();
    } catch (CancelledException e) {
      throw new IOException("the job was cancelled", e);
    }
    return super.read(target, offset, length);
  }

  /** Copies all that is left, in large pieces once the content proves to be large. */
  @Override
  public long transferTo(OutputStream out) throws IOException {
    var piece = new byte[FIRST_PIECE_BYTES];
    long copied = 0;
    for (int n = read(piece); n >= 0; n = read(piece)) {
      out.write(piece, 0, n);
      copied += n;
      if (n == FIRST_PIECE_BYTES) {
        piece = new byte[PIECE_BYTES];
      }
    }
    return copied;
  }
}
