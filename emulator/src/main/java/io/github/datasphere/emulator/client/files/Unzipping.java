package io.github.datasphere.emulator.client.files;

import io.github.datasphere.emulator.base.Utf8Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
    var parent = target.resolveSibling("");
    var staging = target.resolveSibling("." + UUID.randomUUID() + ".unzip");
    try {
      Files.createDirectory(staging);
      unpack(archive, staging);
      var inTheWay = new ArrayList<String>();
      moveAll(staging, parent, inTheWay);
      if (!inTheWay.isEmpty()) {
        throw new FileException("all but this has arrived: " + String.join("; ", inTheWay));
      }
      Files.createDirectories(target);
    } finally {
      FileTree.delete(staging);
    }
  }

  private static void unpack(Path archive, Path staging) throws IOException, FileException {
    try (var zip = new ZipFile(archive.toFile())) {
      var entries = zip.entries();
      while (entries.hasMoreElements()) {
        var entry = entries.nextElement();
        var file = inside(staging, entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.resolveSibling(""));
        try (var in = zip.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    } catch (ZipException e) {
      throw new FileException("the archive of an output folder is broken: " + e.getMessage(), e);
    }
  }

  private static Path inside(Path staging, String name) throws FileException {
    try {
      var file = Utf8Paths.resolve(staging, name).normalize();
      if (file.startsWith(staging) && !file.equals(staging)) {
        return file;
      }
    } catch (InvalidPathException e) {
      throw new FileException("the archive has an entry that is no path: " + e.getReason(), e);
    }
    throw new FileException("the archive has the entry `" + name
        + "`, which leads out of its folder: nothing is unpacked");
  }

  /** A folder that is new moves at once, others file by file, as far as nothing is in the way. */
  private static void moveAll(Path from, Path to, List<String> inTheWay) throws IOException {
    try (var children = Files.newDirectoryStream(from)) {
      for (var child : children) {
        var goal = to.resolve(from.relativize(child));
        boolean isFolder = Files.isDirectory(child);
        if (isFolder && Files.isDirectory(goal)) {
          moveAll(child, goal, inTheWay);
        } else if (Files.exists(goal) && isFolder != Files.isDirectory(goal)) {
          inTheWay.add(Utf8Paths.shown(goal)
              + (isFolder ? " is a file here and a folder" : " is a folder here and a file")
              + " in the job: move it away and run again");
        } else {
          Files.move(child, goal, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
  }
}
