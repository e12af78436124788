package io.github.datasphere.emulator.files.local;

import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileRejectedException.Reason;
import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Takes content in where nobody sees it yet, on the file system where it will stay. */
final class Staging {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Layout layout;
  private final Disk disk;
  private final Directories directories;

  Staging(Layout layout, Disk disk) {
    this.layout = layout;
    this.disk = disk;
    this.directories = new Directories(layout.projects(), disk);
  }

  Directories directories() {
    return directories;
  }

  /** Makes what is missing, and drops what a crash has left. */
  void open() throws IOException {
    Files.createDirectories(layout.projects());
    Files.createDirectories(layout.staging());
    try (var leftovers = Files.newDirectoryStream(layout.staging())) {
      for (var leftover : leftovers) {
        Files.delete(leftover);
      }
    }
  }

  StagedFile stage(ProjectId project, InputStream content, long limitBytes) throws IOException {
    var path = layout.staging().resolve(UUID.randomUUID().toString());
    try {
      var digest = sha256();
      long size = write(path, content, limitBytes, digest);
      var key = new FileKey(project, HexFormat.of().formatHex(digest.digest()));
      var place =
          key.sha256().equals(JobFile.EMPTY_SHA256) ? Optional.<Path>empty() : layout.file(key);
      return new StagedLocalFile(key, size, path, place, directories);
    } catch (IOException | RuntimeException e) {
      drop(path, e);
      throw e;
    }
  }

  private static void drop(Path path, Exception cause) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private long write(Path path, InputStream content, long limitBytes, MessageDigest digest)
      throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    long size = 0;
    try (var file = create(path)) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        size += n;
        if (size > limitBytes) {
          throw new FileRejectedException(
              Reason.TOO_LARGE,
              "The content is larger than the " + limitBytes + " bytes that are allowed here.");
        }
        digest.update(buffer, 0, n);
        append(file, ByteBuffer.wrap(buffer, 0, n));
      }
      sync(file);
    }
    return size;
  }

  private FileChannel create(Path path) throws IOException {
    try {
      return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw FullDisk.explain(e, layout.staging());
    }
  }

  private void append(FileChannel file, ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw FullDisk.explain(e, layout.staging());
    }
  }

  private void sync(FileChannel file) throws IOException {
    try {
      disk.sync(file);
    } catch (IOException e) {
      throw FullDisk.explain(e, layout.staging());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
