package io.github.datasphere.emulator.record;

import io.github.datasphere.emulator.base.Hashing;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Executor;

/**
 * One file on its way. Another thread hashes it and keeps it if it is small: on the thread that
 * passes it on, that took longer than all else.
 */
final class PassingFile implements AutoCloseable {
  private final Spool.KeptFile kept;
  private final Hashing hashing;
  private byte[] piece;
  private int filled;
  private long bytes;
  private boolean isEnded;

  PassingFile(Spool spool, Executor helpers) throws IOException {
    this.kept = spool.newFile();
    this.hashing = new Hashing(Long.MAX_VALUE, helpers, kept::write);
    this.piece = hashing.nextPiece();
  }

  /** Tells how long it will be; -1 if that is not known. */
  void expects(long length) {
    kept.expects(length);
  }

  /** Returns a stream that sees what is read through it. */
  InputStream over(InputStream source) {
    return new FilterInputStream(source) {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int at, int length) throws IOException {
        int count = super.read(buffer, at, length);
        if (count > 0) {
          see(buffer, at, count);
        }
        return count;
      }
    };
  }

  /** Passes all on as it comes, and returns how much that was. */
  synchronized long copy(InputStream from, OutputStream to) throws IOException {
    for (int count = from.read(piece, filled, piece.length - filled);
        count >= 0;
        count = from.read(piece, filled, piece.length - filled)) {
      to.write(piece, filled, count);
      saw(count);
    }
    return bytes;
  }

  /** A service may answer before it has read all: what comes after its answer does not count. */
  private synchronized void see(byte[] buffer, int begin, int count) throws IOException {
    for (int at = begin; at < begin + count && !isEnded; ) {
      int length = Math.min(begin + count - at, piece.length - filled);
      System.arraycopy(buffer, at, piece, filled, length);
      at += length;
      saw(length);
    }
  }

  private void saw(int count) throws IOException {
    bytes += count;
    filled += count;
    if (filled == piece.length) {
      hashing.add(piece);
      piece = hashing.nextPiece();
      filled = 0;
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized boolean isEnded() {
    return isEnded;
  }

  /**
   * Ends it, and returns its digest; {@code isWhole} says whether it is the file of this digest.
   *
   * @throws IOException if it could not be kept
   */
  synchronized String end(boolean isWhole) throws IOException {
    isEnded = true;
    var sha256 = hashing.finish(piece, filled);
    kept.end(sha256, isWhole);
    return sha256;
  }

  /** Lets the other thread go, however the file ended. */
  @Override
  public synchronized void close() {
    hashing.close();
  }
}
