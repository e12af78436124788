package io.github.datasphere.emulator.base;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Hashes content piece by piece on another thread while its owner reads and writes: for a large
 * file, hashing takes about as long as the rest. A file of one piece needs no other thread. All
 * pieces of a file go to one thread: to start a task for each takes three times as long as the
 * hashing.
 */
public final class Hashing implements AutoCloseable {
  private static final int PIECE_BYTES = 256 * 1024;
  /** One that is filled, one that waits, and one that is hashed. */
  private static final int MOST_PIECES = 3;

  /** Takes each piece in their order, on the thread that hashes. */
  public interface Taker {
    /** May read the piece until it returns. */
    void take(byte[] piece, int length) throws IOException;
  }

  private final byte[] end = {};
  private final int pieceBytes;
  private final Executor helpers;
  private final Taker taker;
  private final MessageDigest digest;
  private final BlockingQueue<byte[]> full = new ArrayBlockingQueue<>(MOST_PIECES + 1);
  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(MOST_PIECES + 1);
  private final CompletableFuture<Void> hashed = new CompletableFuture<>();
  private int pieces;
  private boolean begun;
  private boolean ended;

  /** Hashes content of at most this many bytes. */
  public Hashing(long limitBytes, Executor helpers) {
    this(limitBytes, helpers, (piece, length) -> {});
  }

  /** Hashes content of at most this many bytes, and gives it to the taker beside that. */
  public Hashing(long limitBytes, Executor helpers, Taker taker) {
    // One byte more, so that content of exactly the limit ends within its piece
    this.pieceBytes = (int) Math.min(PIECE_BYTES - 1, limitBytes) + 1;
    this.helpers = helpers;
    this.taker = taker;
    this.digest = Sha256.begin();
  }

  /**
   * Returns a piece to fill; the caller owns it until it is added.
   *
   * @throws IOException if the taker failed
   */
  public byte[] nextPiece() throws IOException {
    var ready = free.poll();
    if (ready == null && pieces < MOST_PIECES) {
      pieces++;
      return new byte[pieceBytes];
    }
    var piece = ready == null ? waitForPiece() : ready;
    if (piece == end) {
      join();
    }
    return piece;
  }

  private byte[] waitForPiece() throws InterruptedIOException {
    try {
      return free.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a file was hashed");
    }
  }

  /** A full piece; may be read, not changed, until {@link #nextPiece} gives it out again. */
  public void add(byte[] piece) {
    if (!begun) {
      begun = true;
      helpers.execute(this::hash);
    }
    full.add(piece);
  }

  /**
   * Adds a last piece, which is not full, and returns the digest of all in hexadecimal digits.
   *
   * @throws IOException if the taker failed
   */
  public String finish(byte[] piece, int length) throws IOException {
    close();
    if (begun) {
      join();
    }
    taker.take(piece, length);
    digest.update(piece, 0, length);
    return HexFormat.of().formatHex(digest.digest());
  }

  private void join() throws IOException {
    try {
      hashed.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Lets the other thread go, also if the content broke off. */
  @Override
  public void close() {
    if (begun && !ended) {
      ended = true;
      full.add(end);
    }
  }

  private void hash() {
    try {
      for (var piece = full.take(); piece != end; piece = full.take()) {
        taker.take(piece, piece.length);
        digest.update(piece);
        free.add(piece);
      }
      hashed.complete(null);
    } catch (InterruptedException | IOException | RuntimeException | Error e) {
      hashed.completeExceptionally(e);
      // The owner may wait for a piece
      free.add(end);
    }
  }
}
