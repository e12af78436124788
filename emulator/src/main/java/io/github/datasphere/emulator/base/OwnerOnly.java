package io.github.datasphere.emulator.base;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files and folders that their owner alone may read, from the moment that they are made. Where a
 * file system knows no permissions of Unix, they are made as it makes them.
 */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> OTHERS = Set.of(
      PosixFilePermission.GROUP_READ,
      PosixFilePermission.GROUP_WRITE,
      PosixFilePermission.GROUP_EXECUTE,
      PosixFilePermission.OTHERS_READ,
      PosixFilePermission.OTHERS_WRITE,
      PosixFilePermission.OTHERS_EXECUTE);

  private OwnerOnly() {}

  /** What a new file at this place is to be made with. */
  public static FileAttribute<?>[] file(Path place) {
    return attributes(place, "rw-------");
  }

  /** Makes a folder, and those above it that are missing. */
  public static Path createDirectories(Path folder) throws IOException {
    return Files.createDirectories(folder, attributes(folder, "rwx------"));
  }

  /** Makes a folder in one that is there. */
  public static Path createDirectory(Path folder) throws IOException {
    return Files.createDirectory(folder, attributes(folder, "rwx------"));
  }

  /** Makes an empty file unless there is one. */
  public static Path createIfMissing(Path file) throws IOException {
    try {
      if (Files.notExists(file)) {
        Files.createFile(file, file(file));
      }
    } catch (FileAlreadyExistsException e) {
      // Somebody else has made it just now
    }
    return file;
  }

  /**
   * Takes from others what they may do with a file or folder; what its owner may do stays.
   *
   * @throws IOException if somebody else owns it
   */
  public static Path mend(Path path) throws IOException {
    if (!knowsPermissions(path) || Files.isSymbolicLink(path)) {
      return path;
    }
    var permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    var left = EnumSet.noneOf(PosixFilePermission.class);
    left.addAll(permissions);
    if (left.removeAll(OTHERS)) {
      Files.setPosixFilePermissions(path, left);
    }
    return path;
  }

  private static FileAttribute<?>[] attributes(Path place, String permissions) {
    return knowsPermissions(place)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean knowsPermissions(Path place) {
    return place.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
