package io.github.datasphere.emulator.files;

import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;

/**
 * Content that is complete and hashed but not visible yet. Closing it without publishing drops it.
 */
public interface StagedFile extends AutoCloseable {
  FileKey key();

  long sizeBytes();

  /** Makes the whole content visible at once; does not replace a file that is there already. */
  void publish() throws IOException;

  @Override
  void close();
}
