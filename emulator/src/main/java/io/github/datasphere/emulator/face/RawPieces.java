package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.engine.LogReceiver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects records of a log as bytes. */
final class RawPieces implements LogReceiver {
  private final List<Piece> all = new ArrayList<>();
  private long next;

  RawPieces(long offset) {
    this.next = offset;
  }

  /** A record. */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  record Piece(long offset, String source, Instant at, byte[] content) {}

  List<Piece> all() {
    return all;
  }

  @Override
  public void stdout(Instant createdAt, byte[] content) {
    all.add(new Piece(next++, Pieces.STDOUT, createdAt, content));
  }

  @Override
  public void stderr(Instant createdAt, byte[] content) {
    all.add(new Piece(next++, Pieces.STDERR, createdAt, content));
  }

  @Override
  public void file(String path, Instant createdAt, byte[] content) {
    all.add(new Piece(next++, Pieces.name(path), createdAt, content));
  }
}
