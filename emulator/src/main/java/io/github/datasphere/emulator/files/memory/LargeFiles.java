package io.github.datasphere.emulator.files.memory;

import io.github.datasphere.emulator.files.FileStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Opens the store for large files. */
@FunctionalInterface
public interface LargeFiles {
  /**
   * Opens it.
   *
   * @param start a store whose files it has from the beginning; null for none
   */
  FileStore open(@Nullable FileStore start) throws IOException;
}
