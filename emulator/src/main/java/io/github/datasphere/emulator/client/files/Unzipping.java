package io.github.datasphere.emulator.client.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Unpacks an output folder beside its final place and moves it there when it is whole. */
final class Unzipping {
  private Unzipping() {}

  /**
   * Unpacks into the parent of the target. What is there already and not in the archive stays.
   *
   * @param target the declared folder, whose name the entries start with
   */
  static void into(Path target, Path archive) throws IOException, FileException {
    Path parent = target.resolveSibling("");
    Path staging =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".unzip");
    try {
      Files.createDirectory(staging);
      unpack(archive, staging);
      moveAll(staging, parent);
      Files.createDirectories(target);
    } finally {
      FileTree.delete(staging);
    }
  }

  private static void unpack(Path archive, Path staging) throws IOException, FileException {
    try (var zip = new ZipFile(archive.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Path file = inside(staging, entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.resolveSibling(""));
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    } catch (ZipException e) {
      throw new FileException("the archive of an output folder is broken: " + e.getMessage(), e);
    }
  }

  private static Path inside(Path staging, String name) throws FileException {
    try {
      Path file = staging.resolve(name).normalize();
      if (file.startsWith(staging) && !file.equals(staging)) {
        return file;
      }
    } catch (InvalidPathException e) {
      throw new FileException("the archive has an entry that is no path: " + e.getReason(), e);
    }
    throw new FileException("the archive has the entry `" + name
        + "`, which leads out of its folder: nothing is unpacked");
  }

  /** A folder that is new moves at once, others file by file. */
  private static void moveAll(Path from, Path to) throws IOException {
    try (var children = Files.newDirectoryStream(from)) {
      for (Path child : children) {
        Path goal = to.resolve(from.relativize(child));
        if (Files.isDirectory(child) && Files.isDirectory(goal)) {
          moveAll(child, goal);
        } else {
          Files.move(child, goal, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
  }
}
