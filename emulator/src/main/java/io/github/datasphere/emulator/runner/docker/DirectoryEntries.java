package io.github.datasphere.emulator.runner.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.docker.ContainerFiles;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.runner.plan.ZipStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * All that is in a directory of a container, in the order of names, as entries of an archive. Links
 * are followed as far as they stay within the job; what cannot be given away is left out and told.
 */
final class DirectoryEntries implements ZipStream.Source, AutoCloseable {
  private static final int MOST_TOLD = 5;

  private final ContainerFiles files;
  private final String container;
  private final JobPaths paths;
  private final Deque<Transfer> transfers = new ArrayDeque<>();
  private final List<String> refused = new ArrayList<>();
  private int moreRefused;
  private long left;

  /**
   * Of one directory.
   *
   * @param limitBytes of all its content; more is not even read
   */
  DirectoryEntries(ContainerFiles files, String container, JobPaths paths, long limitBytes) {
    this.files = files;
    this.container = container;
    this.paths = paths;
    this.left = limitBytes;
  }

  /** Begins with the directory itself. */
  DirectoryEntries from(String path, String name) throws IOException {
    enter(path, name, path);
    return this;
  }

  /**
   * The archive of one path, which is under way.
   *
   * @param path what it is the archive of
   * @param name of that in our archive
   * @param link where it was met: the path itself, or a link to it
   */
  private record Transfer(TarArchiveInputStream tar, String path, String name, String link) {}

  /** What was left out, as text for humans; complete once the last entry was given. */
  List<String> refused() {
    if (moreRefused == 0) {
      return refused;
    }
    var all = new ArrayList<>(refused);
    all.add("and " + moreRefused + " more");
    return all;
  }

  @Override
  public ZipStream.@Nullable Entry next() throws IOException {
    while (!transfers.isEmpty()) {
      var transfer = transfers.element();
      var entry = transfer.tar().getNextEntry();
      if (entry == null) {
        transfers.pop().tar().close();
        continue;
      }
      var below = below(entry.getName());
      var next = next(transfer.tar(), entry, transfer.path() + below, transfer.name() + below);
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

  private ZipStream.@Nullable Entry next(
      TarArchiveInputStream tar, TarArchiveEntry entry, String path, String name)
      throws IOException {
    if (entry.isSymbolicLink()) {
      follow(path, name);
      return null;
    }
    if (entry.isLink()) {
      // The same content under another name, which the engine sends once only
      enter(path, name, path);
      return null;
    }
    if (entry.isDirectory()) {
      return new ZipStream.Entry(name + "/", modified(entry), InputStream::nullInputStream);
    }
    if (entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice()) {
      refuse(path + " is neither a file nor a directory but a socket, pipe or device");
      return null;
    }
    left -= entry.getSize();
    if (left < 0) {
      throw new FileRejectedException(
          FileRejectedException.Reason.TOO_LARGE, path + " is larger than what is left");
    }
    return new ZipStream.Entry(name, modified(entry), () -> new Unclosed(tar));
  }

  private void follow(String link, String name) throws IOException {
    var found = paths.findIn(link, link);
    if (found instanceof JobPaths.Found.Refused refusal) {
      refuse(refusal.reason());
    } else if (found instanceof JobPaths.Found.Nothing) {
      refuse("the link " + link + " is gone");
    } else if (found instanceof JobPaths.Found.File file) {
      enter(file.path(), name, link);
    } else if (found instanceof JobPaths.Found.Directory directory) {
      if (isAbove(directory.path(), link)) {
        refuse("the link " + link + " leads to a directory above itself");
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
    var tar = new TarArchiveInputStream(files.get(container, path), UTF_8.name());
    transfers.push(new Transfer(tar, path, name, link));
  }

  /** The engine's entries begin with the last name of the path. */
  private static String below(String entry) {
    var clean = entry.replaceFirst("/+$", "");
    int slash = clean.indexOf('/');
    return slash < 0 ? "" : clean.substring(slash);
  }

  private static FileTime modified(TarArchiveEntry entry) {
    return entry.getLastModifiedTime();
  }

  private void refuse(String reason) {
    if (refused.size() < MOST_TOLD) {
      refused.add(reason);
    } else {
      moreRefused++;
    }
  }

  /** The next entry follows in the same stream. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // left to the transfer
    }
  }
}
