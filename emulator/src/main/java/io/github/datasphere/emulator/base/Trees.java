package io.github.datasphere.emulator.base;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Deletes and copies directories with all that a job may have left in them. */
public final class Trees {
  private Trees() {}

  /** Deletes a tree. It follows no link, so folders that a job was given as links stay. */
  public static void delete(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(root, new Deletion());
  }

  /** Copies a tree; links stay links. Files of more bytes than the limit are not copied. */
  public static void copy(Path from, Path to, long limitBytes) throws IOException {
    long left = limitBytes;
    try (var paths = Files.walk(from)) {
      for (var path : (Iterable<Path>) paths::iterator) {
        left -= Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0;
        if (left < 0) {
          throw new IOException("it holds more than " + limitBytes + " bytes");
        }
        Files.copy(path, to.resolve(from.relativize(path)), LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /** Fills a directory. */
  @FunctionalInterface
  public interface Filling {
    /** Makes the directory, which is not there, and fills it. */
    void fill(Path directory) throws IOException;
  }

  /** Makes a directory that is there whole or not at all; a failure leaves nothing. */
  public static void makeAside(Path target, Filling filling) throws IOException {
    var aside = target.resolveSibling("." + target.getFileName() + ".new");
    delete(aside);
    try {
      filling.fill(aside);
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(aside);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    /** Handles a directory that its job made unreadable: we own it, so we make it readable. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      if (!Files.isDirectory(file) || Files.isReadable(file)) {
        throw failure;
      }
      Files.setPosixFilePermissions(file, Set.of(PosixFilePermission.values()));
      Files.walkFileTree(file, this);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      if (!Files.isWritable(directory) || !Files.isExecutable(directory)) {
        Files.setPosixFilePermissions(directory, Set.of(PosixFilePermission.values()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, java.io.IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
