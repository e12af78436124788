package io.github.datasphere.emulator.files;

import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;

/**
 * Content that is complete and hashed but not yet visible; closing it without publishing drops it.
 */
public interface StagedFile extends AutoCloseable {
  FileKey key();

  long sizeBytes();

  /** Makes it visible, whole, at once; replaces nothing that is there already. */
  void publish() throws IOException;

  @Override
  void close();
}
