package io.github.datasphere.emulator.testing.recording;

import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;

/** The stored files of the world whose calls a journal keeps. */
@FunctionalInterface
public interface JournalFiles {
  /** No file is stored. */
  JournalFiles NONE = key -> {
    throw new NoSuchFileException(key.sha256());
  };

  /**
   * Opens a file.
   *
   * @throws java.nio.file.NoSuchFileException if it is not stored
   */
  InputStream open(FileKey key) throws IOException;
}
