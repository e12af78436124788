package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.util.Timestamps;
import io.github.datasphere.emulator.engine.LogReceiver;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.proto.emulator.LogPiece;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects records of a log, with their offsets. */
final class Pieces implements LogReceiver {
  static final String STDOUT = "stdout";
  static final String STDERR = "stderr";
  static final String SYSTEM = "system";

  private final List<LogPiece> all = new ArrayList<>();
  private long next;

  Pieces(long offset) {
    this.next = offset;
  }

  List<LogPiece> all() {
    return all;
  }

  /** Returns the offset after the last one. */
  long next() {
    return next;
  }

  /** Leaves out what stands at this offset or behind. */
  Pieces before(long offset) {
    all.removeIf(piece -> piece.getOffset() >= offset);
    return this;
  }

  /** Returns how the face names a log file. */
  static String name(String path) {
    return path.equals(LogSource.SYSTEM.path()) ? SYSTEM : path;
  }

  @Override
  public void stdout(Instant createdAt, byte[] content) {
    add(STDOUT, createdAt, content);
  }

  @Override
  public void stderr(Instant createdAt, byte[] content) {
    add(STDERR, createdAt, content);
  }

  @Override
  public void file(String path, Instant createdAt, byte[] content) {
    add(name(path), createdAt, content);
  }

  private void add(String source, Instant createdAt, byte[] content) {
    all.add(LogPiece.newBuilder()
        .setOffset(next++)
        .setAt(Timestamps.fromMillis(createdAt.toEpochMilli()))
        .setSource(source)
        .setText(new String(content, UTF_8))
        .build());
  }
}
