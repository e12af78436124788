package io.github.datasphere.emulator.files.local;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How much a file store waits for its disk. */
enum Disk {
  /** What is published survives a power cut. */
  DURABLE,
  /** What is published survives this process; enough where the directory dies with it. */
  VOLATILE;

  void sync(FileChannel file) throws IOException {
    if (this == DURABLE) {
      file.force(true);
    }
  }

  /** Makes the names in this directory durable; a directory that is gone has none. */
  void syncDirectory(Path directory) throws IOException {
    // Windows neither allows nor needs it
    if (this == DURABLE && File.separatorChar == '/') {
      try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (NoSuchFileException e) {
        // Its last file was deleted just now
      }
    }
  }
}
