package io.github.datasphere.emulator.files.local;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
    // Windows neither allows nor needs it
    if (this == DURABLE && File.separatorChar == '/') {
      try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (NoSuchFileException e) {
        // The directory was removed with its last file just now
      }
    }
  }
}
