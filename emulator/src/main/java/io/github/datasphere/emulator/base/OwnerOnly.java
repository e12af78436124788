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
 * Makes files and folders that only their owner may read, from the moment that they are made. On a
 * file system without Unix permissions they get its default.
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

  /** Returns the attributes for a new file at this place. */
  public static FileAttribute<?>[] file(Path place) {
    return attributes(place, "rw-------");
  }

  /** Makes a folder, and the missing folders above it. */
  public static Path createDirectories(Path folder) throws IOException {
    return Files.createDirectories(folder, attributes(folder, "rwx------"));
  }

  /** Makes a folder in an existing one. */
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
      // Another process has made it just now
    }
    return file;
  }

  /**
   * Removes all permissions of other users from a file or folder; the owner's permissions stay.
   *
   * @throws IOException if another user owns it
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
