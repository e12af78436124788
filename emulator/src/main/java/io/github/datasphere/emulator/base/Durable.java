package io.github.datasphere.emulator.base;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes files outlive a power cut. What was written, and each new or changed name, is in the memory
 * of the system alone until it is asked to put it on the disk; and a disk may have the name of a
 * file without its content. So a file is synced before it gets its name, and its folder after.
 */
public final class Durable {
  private Durable() {}

  /** Returns when the content of this file is on the disk. */
  public static void sync(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * Returns when the names in this folder are on the disk. A folder that is gone has none; one that
   * this user cannot read is left to the system.
   */
  public static void syncNames(Path folder) throws IOException {
    // Windows neither allows nor needs it
    if (File.separatorChar == '/') {
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (NoSuchFileException | AccessDeniedException e) {
        // Its last file was deleted just now; or only its owner may read it
      }
    }
  }

  /**
   * Deletes what a power cut has left of files that had not got their names yet. No other process
   * may be writing such files in this folder.
   *
   * @param drafts pattern of their names, as {@link Files#newDirectoryStream(Path, String)} takes
   *     it
   */
  public static void deleteDrafts(Path folder, String drafts) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var left = Files.newDirectoryStream(folder, drafts)) {
        for (var draft : left) {
          Files.deleteIfExists(draft);
        }
      }
    }
  }

  /** Makes a folder for its owner alone, and those above it that are missing, to last. */
  public static Path createDirectories(Path folder) throws IOException {
    var parent = folder.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(folder)) {
      createDirectories(parent);
      OwnerOnly.createDirectories(folder);
      syncNames(parent);
    }
    return folder;
  }
}
