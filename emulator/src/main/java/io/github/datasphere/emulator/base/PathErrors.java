package io.github.datasphere.emulator.base;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says why a path cannot be used. Java says "it does not exist" also for a path that it may not
 * look at, and its other messages are for programmers. This class tells a missing path from one
 * that the user may not reach; for a missing permission it names what to change.
 */
public final class PathErrors {
  private PathErrors() {}

  /**
   * Says why an operation failed.
   *
   * @param path the path that the user named; left out if the message contains it already
   */
  public static String words(Path path, IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      var file = denied.getFile() == null ? path : Utf8Paths.of(denied.getFile());
      return file.endsWith(path) || path.endsWith(file)
          ? permission(file)
          : "%s: %s".formatted(file, permission(file));
    }
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof CharacterCodingException) {
      return "it is no UTF-8 text";
    }
    if (failure instanceof FileSystemException named && named.getReason() != null) {
      var reason = withAdvice(String.valueOf(named.getReason()));
      return path.endsWith(Utf8Paths.of(named.getFile()))
              || Utf8Paths.of(named.getFile()).endsWith(path)
          ? reason
          : named.getFile() + ": " + reason;
    }
    return failure.getMessage() == null ? failure.toString() : withAdvice(failure.getMessage());
  }

  /** The system's words say what is wrong with a disk, but not what to do. */
  private static String withAdvice(String reason) {
    return switch (reason) {
      case "No space left on device", "Disk quota exceeded" ->
        reason + "; make room there, or choose another path";
      case "Read-only file system" -> reason + "; choose another path";
      default -> reason;
    };
  }

  /** Says why it cannot be known whether there is something at a path; empty if it can be known. */
  public static Optional<String> hidden(Path path) {
    return Files.exists(path) || Files.notExists(path)
        ? Optional.empty()
        : Optional.of(permission(path));
  }

  /** Names the folder that stands in the way, if it is one. */
  private static String permission(Path path) {
    return closedFolder(path)
        .map(folder -> "permission denied: this user may not enter the folder " + folder
            + "; open it with chmod, or choose another path")
        .or(() -> fixedFolder(path)
            .map(folder -> "permission denied: this user may not write to the folder " + folder
                + "; change that with chmod or chown, or choose another path"))
        .orElse(
            "permission denied: this user lacks a right on it; give that with chmod or chown, or"
                + " choose another path");
  }

  /** Returns the folder in which a path was to be made and is missing. */
  private static Optional<Path> fixedFolder(Path path) {
    return Optional.ofNullable(path.toAbsolutePath().getParent())
        .filter(folder -> Files.notExists(path))
        .filter(folder -> Files.isDirectory(folder) && !Files.isWritable(folder));
  }

  private static Optional<Path> closedFolder(Path path) {
    var absolute = path.toAbsolutePath();
    for (int names = 1; names < absolute.getNameCount(); names++) {
      var folder = absolute.getRoot().resolve(absolute.subpath(0, names));
      if (Files.isDirectory(folder) && !Files.isExecutable(folder)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }
}
