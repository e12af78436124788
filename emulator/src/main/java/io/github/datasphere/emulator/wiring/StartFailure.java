package io.github.datasphere.emulator.wiring;

import io.github.datasphere.emulator.base.ExplainedException;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.store.StoreException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/** Why an emulator did not start, and what to do. */
public final class StartFailure {
  private StartFailure() {}

  public static ExplainedException of(Throwable cause, Optional<Path> dataDir) {
    if (cause instanceof ExplainedException told) {
      return told;
    }
    if (cause instanceof LinkageError classes) {
      return MixedLibraries.told(classes);
    }
    var text = "The emulator cannot start: " + words(cause);
    return new ExplainedException(
        dataDir
            .filter(directory -> isOfDisk(cause) && !text.contains("--data-dir"))
            .filter(directory -> !text.contains("Put back"))
            .map(directory -> text + ". The data directory " + directory
                + " must be this user's to read and write, on a disk that has room: mend that, or"
                + " choose another directory with --data-dir.")
            .orElse(text),
        cause);
  }

  /** Whether the disk of the data directory has failed, not a port or a remote storage. */
  private static boolean isOfDisk(Throwable failure) {
    if (failure instanceof SocketException || failure instanceof StorageException) {
      return false;
    }
    return failure instanceof IOException
        || failure instanceof StoreException
        || (failure.getCause() != null && isOfDisk(failure.getCause()));
  }

  private static String words(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AccessDeniedException denied) {
        return "permission denied for " + denied.getFile();
      }
      if (cause instanceof FileSystemException named && named.getReason() != null) {
        return named.getFile() + ": " + named.getReason();
      }
    }
    return String.valueOf(failure.getMessage());
  }
}
