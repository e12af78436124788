package io.github.datasphere.emulator.gateway.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A folder whose files become visible whole or not at all, also if another process writes at the
 * same time. It needs no lock: a file is either created once by a hard link, which fails if the
 * name exists, or replaced by a rename.
 */
final class CertificateFolder {
  private static final String UNFINISHED = ".unfinished";
  private static final Duration SURELY_ABANDONED = Duration.ofMinutes(10);
  private static final String OWNER_ONLY = "rw-------";

  private final Path path;
  private final boolean posix;

  private CertificateFolder(Path path, boolean posix) {
    this.path = path;
    this.posix = posix;
  }

  /** Opens the folder; makes it, readable by its owner alone, if it is missing. */
  static CertificateFolder open(Path path, Instant now) throws IOException {
    var posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path, permissions(posix, "rwx------"));
    }
    var folder = new CertificateFolder(path, posix);
    folder.removeAbandoned(now);
    return folder;
  }

  Path file(String name) {
    return path.resolve(name);
  }

  Optional<String> read(String name) throws IOException {
    try {
      return Optional.of(Files.readString(file(name), UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Writes a file that only its owner may read, unless another process was first. */
  void writeSecretOnce(String name, String content) throws IOException {
    var unfinished = writeUnfinished(content, OWNER_ONLY);
    try {
      Files.createLink(file(name), unfinished);
    } catch (FileAlreadyExistsException e) {
      return; // the other's is as good
    } catch (UnsupportedOperationException | FileSystemException e) {
      moveOnce(unfinished, file(name)); // a file system without hard links
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  void replaceSecret(String name, String content) throws IOException {
    replace(name, content, OWNER_ONLY);
  }

  void replacePublic(String name, String content) throws IOException {
    replace(name, content, "rw-r--r--");
  }

  /** Closes a file to other users. A copy or a backup may have opened it. */
  void keepSecret(String name) throws IOException {
    if (posix && !Files.getPosixFilePermissions(file(name)).equals(ownerOnly())) {
      Files.setPosixFilePermissions(file(name), ownerOnly());
    }
  }

  private void replace(String name, String content, String permissions) throws IOException {
    Files.move(writeUnfinished(content, permissions), file(name), ATOMIC_MOVE, REPLACE_EXISTING);
  }

  private Path writeUnfinished(String content, String permissions) throws IOException {
    var unfinished = file("." + UUID.randomUUID() + UNFINISHED);
    try (var channel =
        FileChannel.open(unfinished, Set.of(CREATE_NEW, WRITE), permissions(posix, permissions))) {
      var bytes = ByteBuffer.wrap(content.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    return unfinished;
  }

  private static void moveOnce(Path from, Path to) throws IOException {
    try {
      Files.move(from, to);
    } catch (FileAlreadyExistsException e) {
      return; // the other's is as good
    }
  }

  private void removeAbandoned(Instant now) throws IOException {
    try (var files = Files.newDirectoryStream(path, "*" + UNFINISHED)) {
      for (var file : files) {
        if (writtenAt(file, now).isBefore(now.minus(SURELY_ABANDONED))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static Instant writtenAt(Path file, Instant ifGone) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (NoSuchFileException e) {
      return ifGone; // another process has just finished it
    }
  }

  private static Set<PosixFilePermission> ownerOnly() {
    return PosixFilePermissions.fromString(OWNER_ONLY);
  }

  private static FileAttribute<?>[] permissions(boolean posix, String permissions) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
