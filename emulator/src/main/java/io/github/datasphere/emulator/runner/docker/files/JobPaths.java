package io.github.datasphere.emulator.runner.docker.files;

import io.github.datasphere.emulator.docker.ContainerFiles;
import io.github.datasphere.emulator.docker.PathStat;
import io.github.datasphere.emulator.runner.docker.container.ContainerPaths;
import io.github.datasphere.emulator.runner.run.JobFiles.Found;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which files of a container its job can give away: plain files and directories of its
 * own.
 */
final class JobPaths {
  private final ContainerFiles files;
  private final String container;
  private final List<String> roots;

  /**
   * Looks into one container.
   *
   * @param roots the job's directory and the folders mounted into it
   */
  JobPaths(ContainerFiles files, String container, List<String> roots) {
    this.files = files;
    this.container = container;
    this.roots = List.copyOf(roots);
  }

  /** Looks at a path whose directories may be links, too. */
  Found find(String path) throws IOException {
    int slash = path.lastIndexOf('/');
    var parent = realDirectory(path.substring(0, slash));
    if (parent.isEmpty()) {
      return new Found.Nothing();
    }
    if (!isWithin(parent.get())) {
      return outside(path, parent.get());
    }
    return findIn(parent.get() + path.substring(slash), path);
  }

  /** Looks at a path whose directories are no links. */
  Found findIn(String path, String shown) throws IOException {
    var stat = files.stat(container, path);
    if (stat.isEmpty()) {
      return new Found.Nothing();
    }
    if (stat.get().kind() != PathStat.Kind.LINK) {
      return found(stat.get(), path, shown);
    }
    var real = stat.get().realPath();
    if (!isWithin(real)) {
      return outside(shown, real);
    }
    var target = files.stat(container, real);
    return target.isEmpty() || target.get().kind() == PathStat.Kind.LINK
        ? new Found.Refused("the link " + shown + " leads nowhere")
        : found(target.get(), real, shown);
  }

  private static Found found(PathStat stat, String real, String shown) {
    return switch (stat.kind()) {
      case FILE -> new Found.File(real, stat.size());
      case DIRECTORY -> new Found.Directory(real);
      case SPECIAL, LINK ->
        new Found.Refused(
            shown + " is neither a file nor a directory but a socket, pipe or device");
    };
  }

  /** Returns the real path of a directory; empty if it is not there. */
  private Optional<String> realDirectory(String path) throws IOException {
    var real = "";
    for (var name : path.split("/")) {
      if (name.isEmpty()) {
        continue;
      }
      var next = real + "/" + name;
      if (next.equals(ContainerPaths.LAYOUT.root())) {
        real = next;
        continue;
      }
      var stat = files.stat(container, next);
      if (stat.isEmpty()) {
        return Optional.empty();
      }
      real = stat.get().kind() == PathStat.Kind.LINK ? stat.get().realPath() : next;
    }
    return Optional.of(real);
  }

  private boolean isWithin(String real) {
    return roots.stream().anyMatch(root -> real.equals(root) || real.startsWith(root + "/"));
  }

  private static Found outside(String link, String real) {
    return new Found.Refused("the link " + link + " leads out of the job's directory to " + real);
  }
}
