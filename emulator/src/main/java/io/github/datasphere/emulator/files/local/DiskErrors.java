package io.github.datasphere.emulator.files.local;

import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileRejectedException.Reason;
import io.github.datasphere.emulator.files.StorageException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Says what a failure of the disk means for a file. It recognises a full disk by the system's
 * words, since the JDK has no exception for that.
 */
final class DiskErrors {
  private static final List<String> WORDS =
      List.of("no space left", "quota exceeded", "not enough space");
  /** If so little space is left, the disk counts as full, whatever the language of the message. */
  private static final long HARDLY_ANY = 64 * 1024;

  private DiskErrors() {}

  /** Returns the exception to throw for this failure to write below {@code directory}. */
  static IOException explain(IOException failure, Path directory) {
    if (!isFull(failure, directory)) {
      return new StorageException(
          StorageException.Reason.UNAVAILABLE,
          "The file cannot be stored below " + directory + ": " + reason(failure)
              + ". Look at that disk, then try again.",
          failure);
    }
    var rejected = new FileRejectedException(
        Reason.NO_SPACE,
        "The emulator's disk is full: no space is left for this file below "
            + directory
            + ". Make room there, or choose another data directory, then upload it again.");
    rejected.initCause(failure);
    return rejected;
  }

  /**
   * Words the reason: some exceptions of the JDK have only a path as message, and tell the rest by
   * their name.
   */
  private static String reason(IOException failure) {
    return failure instanceof FileSystemException named && named.getReason() == null
        ? named.getClass().getSimpleName() + " " + named.getFile()
        : String.valueOf(failure.getMessage());
  }

  private static boolean isFull(IOException failure, Path directory) {
    var message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (WORDS.stream().anyMatch(message::contains)) {
      return true;
    }
    try {
      return Files.getFileStore(directory).getUsableSpace() < HARDLY_ANY;
    } catch (IOException e) {
      failure.addSuppressed(e);
      return false;
    }
  }
}
