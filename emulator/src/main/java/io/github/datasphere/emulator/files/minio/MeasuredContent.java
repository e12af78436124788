package io.github.datasphere.emulator.files.minio;

import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileRejectedException.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Content that is counted and hashed while the S3 client reads it. It remembers a failure of the
 * content itself, since the client wraps that beyond recognition.
 */
final class MeasuredContent extends FilterInputStream {
  private final long limitBytes;
  private final MessageDigest digest;
  private long size;
  private @Nullable IOException failure;

  MeasuredContent(InputStream content, long limitBytes) {
    super(content);
    this.limitBytes = limitBytes;
    this.digest = Sha256.begin();
  }

  long size() {
    return size;
  }

  /** Returns the digest of all that was read; may be called once. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Throws the failure again that reading the content has thrown, if there was one. */
  void rethrow() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int n = super.read(buffer, offset, length);
      if (n > 0) {
        count(n);
        digest.update(buffer, offset, n);
      }
      return n;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private void count(int n) throws FileRejectedException {
    size += n;
    if (size > limitBytes) {
      throw new FileRejectedException(
          Reason.TOO_LARGE,
          "The content is larger than the " + limitBytes + " bytes that are allowed here.");
    }
  }

  /** Refuses to skip: the content is hashed, so it is read from its start to its end. */
  @Override
  public long skip(long n) throws IOException {
    return readNBytes((int) Math.min(n, Short.MAX_VALUE)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Does not close the content, which belongs to the caller. */
  @Override
  public void close() {}
}
