package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content that breaks off once it is cancelled. */
final class Cancellable extends FilterInputStream {
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
}
