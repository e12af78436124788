package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.engine.LogReceiver;
import io.github.datasphere.emulator.logs.LogSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects records of a log, with their offsets. */
final class Pieces implements LogReceiver {
  static final String STDOUT = "stdout";
  static final String STDERR = "stderr";
  static final String SYSTEM = "system";

  private final List<Object> all = new ArrayList<>();
  private final long first;

  Pieces(long offset) {
    this.first = offset;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Returns the offset after the last one. */
  long next() {
    return first + all.size();
  }

  /** Leaves out what stands at this offset or behind. */
  Pieces before(long offset) {
    all.subList((int) Math.min(all.size(), Math.max(0, offset - first)), all.size())
        .clear();
    return this;
  }

  /**
   * Returns a part of a log as docs/http-api.md tells.
   *
   * @param next where the next part begins
   * @param end how many records there are now
   * @param ended whether this part reaches the end and no more will come
   */
  Map<String, Object> chunk(long next, long end, boolean ended) {
    return FaceJson.object("records", all, "nextOffset", next, "end", end, "ended", ended);
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
    all.add(FaceJson.object(
        "offset",
        next(),
        "at",
        FaceJson.time(createdAt),
        "source",
        source,
        "text",
        new String(content, UTF_8)));
  }
}
