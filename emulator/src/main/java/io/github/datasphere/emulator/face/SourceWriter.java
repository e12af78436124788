package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.engine.LogReading;
import io.github.datasphere.emulator.engine.LogReceiver;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes the bytes of some sources of a log as they are. */
final class SourceWriter implements LogReceiver {
  private static final int PART_BYTES = 4 << 20;

  private final Predicate<String> wanted;
  private final OutputStream out;
  private final Set<String> sources = new LinkedHashSet<>();
  private @Nullable IOException failure;

  /**
   * Makes a writer.
   *
   * @param wanted which sources are written, by their names at the face
   */
  SourceWriter(Predicate<String> wanted, OutputStream out) {
    this.wanted = wanted;
    this.out = out;
  }

  /** Writes what the log has up to this offset; nothing large is held in memory. */
  void copy(LogReading log, long end) throws IOException {
    boolean ended = false;
    while (!ended && log.position() < end) {
      ended = log.read(PART_BYTES, this);
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Returns the names of all sources that were read, written or not. */
  Set<String> sources() {
    return sources;
  }

  @Override
  public void stdout(Instant createdAt, byte[] content) {
    write(Pieces.STDOUT, content);
  }

  @Override
  public void stderr(Instant createdAt, byte[] content) {
    write(Pieces.STDERR, content);
  }

  @Override
  public void file(String path, Instant createdAt, byte[] content) {
    write(Pieces.name(path), content);
  }

  private void write(String source, byte[] content) {
    sources.add(source);
    if (failure == null && wanted.test(source)) {
      try {
        out.write(content);
      } catch (IOException e) {
        failure = e;
      }
    }
  }
}
