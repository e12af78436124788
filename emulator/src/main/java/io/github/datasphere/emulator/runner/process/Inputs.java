package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.Placement;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.ZipContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Puts the files of a job where its plan says. */
final class Inputs {
  /** The service makes all inputs executable (service-behaviour 4.5). */
  private static final Set<PosixFilePermission> EXECUTABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private static final int CHUNK = 64 * 1024;

  private final FileStore files;
  private final ProjectId project;
  private final JobFolder folder;
  private final Cancellation cancellation;

  Inputs(FileStore files, ProjectId project, JobFolder folder, Cancellation cancellation) {
    this.files = files;
    this.project = project;
    this.folder = folder;
    this.cancellation = cancellation;
  }

  /**
   * Puts them all.
   *
   * @param unpackedLimit how many bytes all archives together may unpack to
   */
  void place(JobPlan plan, long unpackedLimit)
      throws IOException, PreparationException, CancelledException {
    long left = unpackedLimit;
    for (var placement : plan.placements()) {
      cancellation.check();
      if (placement instanceof Placement.Plain plain) {
        place(plain);
      } else if (placement instanceof Placement.Archive archive) {
        left -= unpack(archive, left);
      } else {
        throw new AssertionError(placement);
      }
    }
    for (var text : plan.texts()) {
      var path = Path.of(text.path());
      Files.createDirectories(parent(path));
      Files.writeString(path, text.content());
    }
    for (var directory : plan.directories()) {
      Files.createDirectories(Path.of(directory));
    }
  }

  private void place(Placement.Plain plain) throws PreparationException, CancelledException {
    try (var content = open(plain.file())) {
      write(content, Path.of(plain.path()));
    } catch (IOException | InvalidPathException e) {
      throw notPlaced(plain.file(), plain.path(), e);
    }
  }

  private long unpack(Placement.Archive archive, long limit)
      throws IOException, PreparationException, CancelledException {
    var spool = folder.state("archive.zip");
    try (var content = open(archive.file())) {
      copy(content, spool);
      return unpack(archive, spool, limit);
    } catch (IOException | InvalidPathException e) {
      throw notPlaced(archive.file(), archive.directory(), e);
    } finally {
      Files.deleteIfExists(spool);
    }
  }

  private long unpack(Placement.Archive archive, Path spool, long limit)
      throws IOException, PreparationException, CancelledException {
    var root = Path.of(archive.directory());
    Files.createDirectories(root);
    long unpacked = 0;
    try (var zip = ZipContent.open(spool, archive, limit)) {
      for (var entry : zip.entries()) {
        var target = root.resolve(entry.path());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          try (var content = zip.open(entry)) {
            unpacked += write(content, target);
          }
        }
      }
    }
    return unpacked;
  }

  private InputStream open(JobFile file) throws IOException {
    return file.sha256().equals(JobFile.EMPTY_SHA256)
        ? InputStream.nullInputStream()
        : files.open(new FileKey(project, file.sha256()), 0);
  }

  private long write(InputStream content, Path path) throws IOException, CancelledException {
    Files.createDirectories(parent(path));
    long size = copy(content, path);
    Files.setPosixFilePermissions(path, EXECUTABLE);
    return size;
  }

  private long copy(InputStream content, Path path) throws IOException, CancelledException {
    var chunk = new byte[CHUNK];
    long size = 0;
    try (var out = Files.newOutputStream(path)) {
      for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
        cancellation.check();
        out.write(chunk, 0, count);
        size += count;
      }
    }
    return size;
  }

  private static Path parent(Path path) {
    var parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " has no directory");
    }
    return parent;
  }

  private static PreparationException notPlaced(JobFile file, String path, Exception cause) {
    if (cause instanceof StorageException) {
      return new PreparationException(
          "The file " + file.desc().label() + " could not be fetched. " + cause.getMessage(),
          cause);
    }
    var reason = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    var advice = cause instanceof InvalidPathException
        ? "Start the emulator with a UTF-8 locale, such as LC_ALL=C.UTF-8."
        : "Look for two files of one name, a name that is too long, or a full disk.";
    return new PreparationException(
        "The file "
            + file.desc().label()
            + " could not be placed at "
            + path
            + " ("
            + cause.getClass().getSimpleName()
            + reason
            + "). "
            + advice,
        cause);
  }
}
