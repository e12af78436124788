package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.engine.LogReceiver;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the bytes of one source of a log, or of all, as they are. */
final class SourceWriter implements LogReceiver {
  private final Optional<String> wanted;
  private final OutputStream out;
  private @Nullable IOException failure;

  SourceWriter(Optional<String> wanted, OutputStream out) {
    this.wanted = wanted;
    this.out = out;
  }

  /** Throws what has gone wrong. */
  void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
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
    if (failure == null && wanted.map(source::equals).orElse(true)) {
      try {
        out.write(content);
      } catch (IOException e) {
        failure = e;
      }
    }
  }
}
