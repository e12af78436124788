package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.Placement;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.plan.ZipContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Puts the files of a job where its plan says. */
final class Inputs {
  /** The service makes all inputs executable (service-behaviour 4.5). */
  private static final Set<PosixFilePermission> EXECUTABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");

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

  private void place(Placement.Plain plain) throws IOException, PreparationException {
    try (var content = open(plain.file())) {
      write(content, Path.of(plain.path()));
    } catch (IOException e) {
      throw notPlaced(plain.file(), plain.path(), e);
    }
  }

  private long unpack(Placement.Archive archive, long limit)
      throws IOException, PreparationException, CancelledException {
    var spool = folder.state("archive.zip");
    try (var content = open(archive.file())) {
      Files.copy(content, spool, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw notPlaced(archive.file(), archive.directory(), e);
    }
    long unpacked = 0;
    try (var zip = ZipContent.open(spool, archive, limit)) {
      var root = Path.of(archive.directory());
      Files.createDirectories(root);
      for (var entry : zip.entries()) {
        cancellation.check();
        var target = root.resolve(entry.path());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          try (var content = zip.open(entry)) {
            unpacked += write(content, target);
          }
        }
      }
    } catch (IOException e) {
      throw notPlaced(archive.file(), archive.directory(), e);
    } finally {
      Files.deleteIfExists(spool);
    }
    return unpacked;
  }

  private InputStream open(JobFile file) throws IOException {
    return file.sha256().equals(JobFile.EMPTY_SHA256)
        ? InputStream.nullInputStream()
        : files.open(new FileKey(project, file.sha256()), 0);
  }

  private static long write(InputStream content, Path path) throws IOException {
    Files.createDirectories(parent(path));
    long size = Files.copy(content, path, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(path, EXECUTABLE);
    return size;
  }

  private static Path parent(Path path) {
    var parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " has no directory");
    }
    return parent;
  }

  private static PreparationException notPlaced(JobFile file, String path, IOException cause) {
    var reason = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return new PreparationException(
        "The file "
            + file.desc().label()
            + " could not be placed at "
            + path
            + " ("
            + cause.getClass().getSimpleName()
            + reason
            + "). Look for two files of one name, an invalid name, or a full disk.",
        cause);
  }
}
