package io.github.datasphere.emulator.files.local;

import io.github.datasphere.emulator.base.Hashing;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileRejectedException.Reason;
import io.github.datasphere.emulator.files.StagedFile;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Takes content in where it is not visible yet, on the file system where it will stay. */
final class Staging {
  private static final long IDLE_SECONDS = 1;

  private final StorePaths layout;
  private final Disk disk;
  private final VerifiedFiles verified;
  private final Directories directories;
  /**
   * Needs no limit: each upload has at most one thread that hashes and one that waits for the disk.
   */
  private final Executor helpers = new ThreadPoolExecutor(
      0,
      Integer.MAX_VALUE,
      IDLE_SECONDS,
      TimeUnit.SECONDS,
      new SynchronousQueue<>(),
      Staging::daemon);

  Staging(StorePaths layout, Disk disk, VerifiedFiles verified) {
    this.layout = layout;
    this.disk = disk;
    this.verified = verified;
    this.directories = new Directories(layout.projects(), disk);
  }

  Directories directories() {
    return directories;
  }

  /** Makes the directories that are missing, and drops what a crash has left. */
  void open() throws IOException {
    disk.createDirectories(layout.projects());
    disk.createDirectories(layout.staging());
    try (var leftovers = Files.newDirectoryStream(layout.staging())) {
      for (var leftover : leftovers) {
        Files.delete(leftover);
      }
    }
  }

  StagedFile stage(ProjectId project, InputStream content, long limitBytes) throws IOException {
    var path = layout.staging().resolve(UUID.randomUUID().toString());
    try (var file = new FlushingFile(path, layout.staging(), disk, helpers);
        var hashing = new Hashing(limitBytes, helpers)) {
      var written = write(content, limitBytes, file, hashing);
      var key = new FileKey(project, written.sha256());
      var place =
          key.sha256().equals(JobFile.EMPTY_SHA256) ? Optional.<Path>empty() : layout.file(key);
      return new StagedLocalFile(key, written.size(), path, place, directories, verified);
    } catch (IOException | RuntimeException e) {
      drop(path, e);
      throw e;
    }
  }

  private static Written write(
      InputStream content, long limitBytes, FlushingFile file, Hashing hashing) throws IOException {
    for (long size = 0; ; ) {
      var piece = hashing.nextPiece();
      int n = content.readNBytes(piece, 0, piece.length);
      size += n;
      if (size > limitBytes) {
        throw new FileRejectedException(
            Reason.TOO_LARGE,
            "The content is larger than the " + limitBytes + " bytes that are allowed here.");
      }
      if (n < piece.length) {
        file.append(ByteBuffer.wrap(piece, 0, n));
        var sha256 = hashing.finish(piece, n);
        file.finish();
        return new Written(sha256, size);
      }
      hashing.add(piece);
      file.append(ByteBuffer.wrap(piece));
    }
  }

  private static void drop(Path path, Exception cause) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "datasphere-files");
    thread.setDaemon(true);
    return thread;
  }

  private record Written(String sha256, long size) {}
}
