package io.github.datasphere.emulator.files.local;

import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileRejectedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Tells a full disk from other failures: the JDK has no exception for it, only the system's words.
 */
final class FullDisk {
  private static final List<String> WORDS =
      List.of("no space left", "quota exceeded", "not enough space");
  /** Where so little is left the cause is plain, whatever language the system speaks. */
  private static final long HARDLY_ANY = 64 * 1024;

  private FullDisk() {}

  /** The failure to throw for this failure to write below {@code directory}. */
  static IOException explain(IOException failure, Path directory) {
    if (!isFull(failure, directory)) {
      return failure;
    }
    var rejected = new FileRejectedException(
        Reason.NO_SPACE,
        "The emulator's disk is full: no space is left for this file below "
            + directory
            + ". Make room there, or choose another data directory, then upload it again.");
    rejected.initCause(failure);
    return rejected;
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
