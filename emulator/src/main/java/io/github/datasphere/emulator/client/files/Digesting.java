package io.github.datasphere.emulator.client.files;

import io.github.datasphere.emulator.base.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Copies streams while it counts their bytes and takes their SHA-256. */
final class Digesting {
  private static final int BUFFER = 1 << 16;

  private final MessageDigest digest = Sha256.begin();
  private final TransferProgress progress;
  private long size;

  Digesting(TransferProgress progress) {
    this.progress = progress;
  }

  /** Copies all of the stream. */
  void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      take(buffer, 0, count);
    }
  }

  /** A stream that takes what goes through it. */
  OutputStream through(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        take(bytes, offset, length);
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }
    };
  }

  long size() {
    return size;
  }

  /** The digest in lower-case hexadecimal digits; to be asked once, at the end. */
  String sha256Hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private void take(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    size += length;
    progress.advance(length);
  }
}
