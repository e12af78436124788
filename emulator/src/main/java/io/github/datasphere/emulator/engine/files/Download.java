package io.github.datasphere.emulator.engine.files;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that is being read.
 *
 * @param sizeBytes size of the whole file, whatever the offset at which it was opened
 * @param content the content from that offset on
 */
public record Download(long sizeBytes, InputStream content) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    content.close();
  }
}
