package io.github.datasphere.emulator.files.local;

import io.github.datasphere.emulator.base.OwnerOnly;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * Makes a directory for its first file and removes it with its last. Only names are handled under
 * the lock, never content.
 */
final class Directories {
  private final Path top;
  private final Disk disk;

  /** Handles the directories below {@code top}, which exists and stays. */
  Directories(Path top, Disk disk) {
    this.top = top;
    this.disk = disk;
  }

  /**
   * Moves a file to its place at once. A reader of the earlier file there goes on reading that one.
   */
  void moveIn(Path from, Path to) throws IOException {
    var directory = parent(to);
    try {
      synchronized (this) {
        make(directory);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      }
      disk.syncDirectory(directory);
    } catch (IOException e) {
      throw DiskErrors.explain(e, top);
    }
  }

  synchronized void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      removeIfEmpty(parent(file));
    }
  }

  private void make(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      make(parent(directory));
      OwnerOnly.createDirectory(directory);
      disk.syncDirectory(parent(directory));
    }
  }

  private void removeIfEmpty(Path directory) throws IOException {
    if (!directory.equals(top)) {
      try {
        Files.delete(directory);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
      removeIfEmpty(parent(directory));
    }
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "everything here is below the top");
  }
}
