package io.github.datasphere.emulator.datadir;

import io.github.datasphere.emulator.base.OwnerOnly;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a data directory to all users but its owner: it holds uploads, the output of jobs and
 * their variables. New files are made private anyway; this class mends what earlier versions have
 * left, and what a user has changed.
 */
final class Privacy {
  /** Everything that the emulator keeps directly in a data directory. */
  private static final Set<String> FOLDERS = Set.of(
      "ca", "datasets", "docker", "files", "jobs", "logs", "pip-cache", "project-disks", "state");

  /** Jobs read nothing in these folders, so every file in them can be closed. */
  private static final Set<String> OURS_THROUGHOUT = Set.of("files", "logs", "state");

  private final Path root;

  Privacy(Path root) {
    this.root = root;
  }

  /** Closes the directory, and each folder in it, before anything is put there. */
  void close() throws IOException {
    if (isOursAlone()) {
      mend(root);
    }
    for (var name : FOLDERS) {
      if (Files.isDirectory(root.resolve(name))) {
        mend(root.resolve(name));
      }
    }
  }

  /**
   * Closes each file of ours. With many files this takes a while; the folders above are closed
   * already.
   */
  void closeThroughout() {
    try (var entries = Files.list(root)) {
      for (var entry : entries.toList()) {
        var name = entry.getFileName().toString();
        if (OURS_THROUGHOUT.contains(name)) {
          Files.walkFileTree(entry, new Mending());
        } else if (isFileOfOurs(name)) {
          mend(entry);
        }
      }
    } catch (IOException e) {
      log().warn("Cannot tell who may read some of the files in {}: {}", root, e.toString());
    }
  }

  /**
   * Whether the folder holds our files alone; one that the user also uses for other things is left
   * alone.
   */
  private boolean isOursAlone() throws IOException {
    try (var entries = Files.list(root)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .allMatch(name -> FOLDERS.contains(name) || isFileOfOurs(name));
    }
  }

  private static boolean isFileOfOurs(String name) {
    return name.endsWith(".key") || name.startsWith("lock") || name.endsWith("server.properties");
  }

  private static void mend(Path path) {
    try {
      OwnerOnly.mend(path);
    } catch (IOException e) {
      log()
          .warn(
              "Other users may read {}, and its permissions cannot be changed ({}): let its owner run"
                  + " `chmod go= {}`",
              path,
              e.toString(),
              path);
    }
  }

  private static Logger log() {
    return LoggerFactory.getLogger(Privacy.class);
  }

  /** Goes on if a file vanishes during the walk. */
  private static final class Mending extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      mend(folder);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (Files.exists(file)) {
        mend(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }
}
