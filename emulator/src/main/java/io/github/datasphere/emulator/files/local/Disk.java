package io.github.datasphere.emulator.files.local;

import io.github.datasphere.emulator.base.Durable;
import io.github.datasphere.emulator.base.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** How much a file store waits for its disk. */
enum Disk {
  /** Published files survive a power cut. */
  DURABLE,
  /**
   * Published files survive a crash of this process; enough if the directory is deleted with it.
   */
  VOLATILE;

  void sync(FileChannel file) throws IOException {
    if (this == DURABLE) {
      file.force(true);
    }
  }

  /** Makes the names in this directory durable. A removed directory has no names. */
  void syncDirectory(Path directory) throws IOException {
    if (this == DURABLE) {
      Durable.syncNames(directory);
    }
  }

  /** Makes a directory, and those above it that are missing. */
  void createDirectories(Path directory) throws IOException {
    if (this == DURABLE) {
      Durable.createDirectories(directory);
    } else {
      OwnerOnly.createDirectories(directory);
    }
  }
}
