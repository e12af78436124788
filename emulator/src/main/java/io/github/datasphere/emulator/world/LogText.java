package io.github.datasphere.emulator.world;

import io.github.datasphere.emulator.engine.LogReader;
import io.github.datasphere.emulator.engine.LogReceiver;
import io.github.datasphere.emulator.logs.LogSource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Collects the text of one stream or file of a job's log. */
public final class LogText implements LogReceiver {
  private static final int PAGE_BYTES = 1 << 20;

  private final LogSource wanted;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  public LogText(LogSource wanted) {
    this.wanted = wanted;
  }

  public String of(LogReader reader) {
    long before;
    do {
      before = reader.position();
      reader.read(PAGE_BYTES, this);
    } while (reader.position() > before);
    return text.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void stdout(Instant at, byte[] content) {
    add(LogSource.STDOUT, content);
  }

  @Override
  public void stderr(Instant at, byte[] content) {
    add(LogSource.STDERR, content);
  }

  @Override
  public void file(String path, Instant at, byte[] content) {
    add(LogSource.file(path), content);
  }

  private void add(LogSource source, byte[] content) {
    if (source.equals(wanted)) {
      text.writeBytes(content);
    }
  }
}
