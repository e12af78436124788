package io.github.datasphere.emulator.files.local;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Hashes content piece by piece on another thread while its owner reads and writes: for a large
 * file, hashing takes about as long as the rest. A file of one piece needs no other thread.
 */
final class Hashing {
  private static final int PIECE_BYTES = 128 * 1024;
  private static final int MOST_PIECES = 3;

  private final int pieceBytes;
  private final Executor helpers;
  private final MessageDigest digest;
  private final Queue<Hashed> pieces = new ArrayDeque<>();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  private record Hashed(ByteBuffer piece, CompletableFuture<Void> when) {}

  /** Hashes content of at most this many bytes. */
  Hashing(long limitBytes, Executor helpers) {
    // One byte more, so that content of exactly the limit ends within its piece
    this.pieceBytes = (int) Math.min(PIECE_BYTES - 1, limitBytes) + 1;
    this.helpers = helpers;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns a piece to fill; the caller owns it until it is added. */
  byte[] nextPiece() {
    if (pieces.size() < MOST_PIECES) {
      return new byte[pieceBytes];
    }
    var oldest = pieces.remove();
    oldest.when().join();
    return oldest.piece().array();
  }

  /** A full piece; may be read, not changed, until {@link #nextPiece} gives it out again. */
  void add(byte[] piece) {
    last = last.thenRunAsync(() -> digest.update(piece), helpers);
    pieces.add(new Hashed(ByteBuffer.wrap(piece), last));
  }

  /** Adds a last piece, which is not full, and returns the digest of all in hexadecimal digits. */
  String finish(byte[] piece, int length) {
    last.join();
    digest.update(piece, 0, length);
    return HexFormat.of().formatHex(digest.digest());
  }
}
