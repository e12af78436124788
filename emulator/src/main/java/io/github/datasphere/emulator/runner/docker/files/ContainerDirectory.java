package io.github.datasphere.emulator.runner.docker.files;

import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.emulator.docker.ContainerFiles;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.runner.archive.ArchiveStream;
import io.github.datasphere.emulator.runner.docker.tar.DockerTar;
import io.github.datasphere.emulator.runner.docker.tar.TarNames;
import io.github.datasphere.emulator.runner.run.ArchiveNames;
import io.github.datasphere.emulator.runner.run.JobFiles;
import io.github.datasphere.emulator.runner.run.LeftOutFiles;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

/**
 * Gives all that is in a directory of a container as entries of an archive, in the order of names.
 * Links are followed as far as they stay within the job. Files that the job cannot give away are
 * left out and reported.
 */
final class ContainerDirectory implements JobFiles.Entries {
  private final ContainerFiles files;
  private final String container;
  private final JobPaths paths;
  private final Deque<Transfer> transfers = new ArrayDeque<>();
  private final LeftOutFiles refusals = new LeftOutFiles();
  private final ArchiveNames names = new ArchiveNames();
  private long left;

  /**
   * Reads one directory.
   *
   * @param limitBytes limit for all its content; nothing beyond it is read
   */
  ContainerDirectory(ContainerFiles files, String container, JobPaths paths, long limitBytes) {
    this.files = files;
    this.container = container;
    this.paths = paths;
    this.left = limitBytes;
  }

  /** Begins the entries with the directory itself. */
  ContainerDirectory from(String path, String name) throws IOException {
    enter(path, name, path);
    return this;
  }

  /**
   * The engine's archive of one path, while it is read.
   *
   * @param path the path that was asked for
   * @param name the name of that path in our archive
   * @param link where the path was met: the path itself, or a link to it
   */
  private record Transfer(DockerTar tar, String path, String name, String link) {}

  @Override
  public List<String> refused() {
    return refusals.all();
  }

  @Override
  public List<String> renamed() {
    return names.remarks();
  }

  @Override
  public ArchiveStream.@Nullable Entry next() throws IOException {
    while (!transfers.isEmpty()) {
      var transfer = transfers.element();
      var entry = transfer.tar().getNextEntry();
      if (entry == null) {
        transfers.pop().tar().close();
        continue;
      }
      var next = next(transfer, entry);
      if (next != null) {
        return next;
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    while (!transfers.isEmpty()) {
      transfers.pop().tar().close();
    }
  }

  private ArchiveStream.@Nullable Entry next(Transfer transfer, TarArchiveEntry entry)
      throws IOException {
    var raw = transfer.tar().names().path();
    if (raw != null && Utf8Paths.isDamaged(entry.getName())) {
      return nameless(transfer, entry, raw);
    }
    var below = below(entry.getName());
    var name = transfer.name() + below;
    var refusal = names.refusal(name);
    if (refusal.isPresent()) {
      refusals.add(refusal.get());
      return null;
    }
    return next(transfer.tar(), entry, transfer.path() + below, name);
  }

  /**
   * Handles an entry whose name is not UTF-8; the engine cannot be asked where such a link leads.
   */
  private ArchiveStream.@Nullable Entry nameless(
      Transfer transfer, TarArchiveEntry entry, byte[] raw) throws IOException {
    var below = TarNames.below(raw);
    var path = transfer.path() + "/" + Utf8Paths.shown(below);
    if (entry.isSymbolicLink() || entry.isLink()) {
      refusals.add("the link " + path + ", whose name is not UTF-8");
      return null;
    }
    return next(transfer.tar(), entry, path, names.made(transfer.name() + "/", below));
  }

  private ArchiveStream.@Nullable Entry next(
      DockerTar tar, TarArchiveEntry entry, String path, String name) throws IOException {
    if (entry.isSymbolicLink()) {
      follow(path, name);
      return null;
    }
    if (entry.isLink()) {
      // This is the same content under another name; the engine sends it only once
      enter(path, name, path);
      return null;
    }
    if (entry.isDirectory()) {
      return ArchiveStream.Entry.directory(name, entry.getLastModifiedTime());
    }
    if (entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice()) {
      refusals.add(path + " is neither a file nor a directory but a socket, pipe or device");
      return null;
    }
    left -= entry.getSize();
    if (left < 0) {
      throw new FileRejectedException(
          FileRejectedException.Reason.TOO_LARGE, path + " is larger than what is left");
    }
    return new ArchiveStream.Entry(
        name, entry.getSize(), entry.getLastModifiedTime(), () -> new Unclosed(tar));
  }

  private void follow(String link, String name) throws IOException {
    var found = paths.findIn(link, link);
    if (found instanceof JobFiles.Found.Refused refusal) {
      refusals.add(refusal.reason());
    } else if (found instanceof JobFiles.Found.Nothing) {
      refusals.add("the link " + link + " is gone");
    } else if (found instanceof JobFiles.Found.File file) {
      enter(file.path(), name, link);
    } else if (found instanceof JobFiles.Found.Directory directory) {
      if (isAbove(directory.path(), link)) {
        refusals.add("the link " + link + " leads to a directory above itself");
      } else {
        enter(directory.path(), name, link);
      }
    } else {
      throw new AssertionError(found);
    }
  }

  private boolean isAbove(String directory, String link) {
    var below = directory + "/";
    return link.startsWith(below)
        || transfers.stream()
            .anyMatch(
                transfer -> transfer.link().startsWith(below) || transfer.path().equals(directory));
  }

  private void enter(String path, String name, String link) throws IOException {
    var tar = new DockerTar(files.get(container, path));
    transfers.push(new Transfer(tar, path, name, link));
  }

  /** Removes the last name of the path, with which the engine's entries begin. */
  private static String below(String entry) {
    var clean = entry.replaceFirst("/+$", "");
    int slash = clean.indexOf('/');
    return slash < 0 ? "" : clean.substring(slash);
  }

  /** Does not close its stream, since the next entry follows in it. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // The transfer closes the stream
    }
  }
}
