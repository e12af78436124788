package io.github.datasphere.emulator.runner.docker.files;

import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.emulator.docker.ContainerFiles;
import io.github.datasphere.emulator.runner.archive.ArchiveStream;
import io.github.datasphere.emulator.runner.docker.tar.DockerTar;
import io.github.datasphere.emulator.runner.docker.tar.TarContent;
import io.github.datasphere.emulator.runner.docker.tar.TarFormat;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

/**
 * Copies folders of this machine for a job on an engine of another machine. They are copied into
 * volumes before the job begins; those that it may write are copied back after its end. The newer
 * version of a file stays and nothing is deleted, so jobs that share a folder do not undo each
 * other's work.
 */
public final class RemoteFolders {
  private final ContainerFiles files;
  private final String container;
  private final JobPlan plan;

  public RemoteFolders(ContainerFiles files, String container, JobPlan plan) {
    this.files = files;
    this.container = container;
    this.plan = plan;
  }

  public void bring() throws IOException {
    for (var mount : plan.mounts()) {
      try (var paths = Files.walk(mount.folder(), FileVisitOption.FOLLOW_LINKS);
          var tar = new ArchiveStream(entries(mount, paths.iterator()), TarFormat::new)) {
        files.put(container, mount.path(), tar);
      } catch (UncheckedIOException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  public void takeBack() throws IOException {
    for (var mount : plan.mounts()) {
      if (mount.writable()) {
        try (var tar = new DockerTar(files.get(container, mount.path()))) {
          for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            takeBack(tar, entry, mount.folder());
          }
        }
      }
    }
  }

  private static ArchiveStream.Source entries(Mount mount, Iterator<Path> paths) {
    return () -> next(mount.folder(), paths);
  }

  private static ArchiveStream.@Nullable Entry next(Path folder, Iterator<Path> paths)
      throws IOException {
    while (paths.hasNext()) {
      var path = paths.next();
      var name = name(folder, path);
      if (!name.isEmpty() && Files.isDirectory(path)) {
        return ArchiveStream.Entry.directory(name, Files.getLastModifiedTime(path));
      }
      if (Files.isRegularFile(path)) {
        return new ArchiveStream.Entry(
            name,
            Files.size(path),
            Files.getLastModifiedTime(path),
            () -> Files.newInputStream(path));
      }
    }
    return null;
  }

  private static String name(Path folder, Path path) throws IOException {
    return Utf8Paths.text(folder.relativize(path))
        .orElseThrow(() -> new IOException("the name " + Utf8Paths.shown(path)
            + " is not UTF-8 and cannot be sent to the engine's machine: rename it"));
  }

  /**
   * Copies one entry back. Links and devices stay behind, since they would lead elsewhere on this
   * machine.
   */
  private static void takeBack(DockerTar tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    var target = TarContent.target(tar, entry.getName(), folder);
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else if (entry.isFile() && !entry.isLink() && isNewer(entry, target)) {
      var fresh = target.resolveSibling("." + UUID.randomUUID() + ".new");
      Files.copy(tar, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(fresh, entry.getLastModifiedTime());
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static boolean isNewer(TarArchiveEntry entry, Path target) throws IOException {
    return !Files.exists(target)
        || seconds(entry.getLastModifiedTime()) > seconds(Files.getLastModifiedTime(target));
  }

  /** Cuts a time to seconds, since archives hold no finer ones. */
  private static long seconds(FileTime time) {
    return time.to(TimeUnit.SECONDS);
  }
}
