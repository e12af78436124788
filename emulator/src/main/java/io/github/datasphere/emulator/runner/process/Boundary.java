package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.base.Utf8Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** Decides which files a job can give away: plain files and directories that are its own. */
final class Boundary {
  private final List<Path> roots;

  /**
   * Sets the boundary.
   *
   * @param roots the job's directory and the folders mounted into it, without links in their paths
   */
  Boundary(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /**
   * Says why an existing file cannot be given away; empty if it can. The directories above it must
   * have been checked already.
   */
  Optional<String> refusal(Path path) {
    try {
      var attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isSymbolicLink() ? refusalOfLink(path) : refusal(path, attributes);
    } catch (IOException e) {
      return Optional.of(Utf8Paths.shown(path) + " cannot be read (" + e + ")");
    }
  }

  /** Says the same of a path whose directories may be links, too. */
  Optional<String> refusalOfPath(Path path) {
    try {
      var parent = path.getParent();
      return parent == null || isWithin(parent.toRealPath())
          ? refusal(path)
          : Optional.of(outside(path, parent.toRealPath()));
    } catch (IOException e) {
      return Optional.of(Utf8Paths.shown(path) + " cannot be read (" + e + ")");
    }
  }

  private Optional<String> refusalOfLink(Path link) {
    try {
      var real = link.toRealPath();
      return isWithin(real)
          ? refusal(link, Files.readAttributes(real, BasicFileAttributes.class))
          : Optional.of(outside(link, real));
    } catch (IOException e) {
      return Optional.of("the link " + Utf8Paths.shown(link) + " leads nowhere");
    }
  }

  private boolean isWithin(Path real) {
    return roots.stream().anyMatch(real::startsWith);
  }

  private static String outside(Path link, Path real) {
    return "the link "
        + Utf8Paths.shown(link)
        + " leads out of the job's directory to "
        + Utf8Paths.shown(real);
  }

  private static Optional<String> refusal(Path path, BasicFileAttributes attributes) {
    return attributes.isRegularFile() || attributes.isDirectory()
        ? Optional.empty()
        : Optional.of(Utf8Paths.shown(path)
            + " is neither a file nor a directory but a socket, pipe or device");
  }
}
