package io.github.datasphere.emulator.engine;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file being read.
 *
 * @param sizeBytes of the whole file, whatever the offset that it was opened at
 * @param content from that offset on
 */
public record Download(long sizeBytes, InputStream content) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    content.close();
  }
}
