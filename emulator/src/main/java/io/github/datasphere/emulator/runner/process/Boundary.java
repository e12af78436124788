package io.github.datasphere.emulator.runner.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** Which files a job can give away: plain ones and directories that are its own. */
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

  /** Why a file that exists cannot be given away; empty if it can. */
  Optional<String> refusal(Path path) {
    try {
      var real = path.toRealPath();
      if (roots.stream().noneMatch(real::startsWith)) {
        return Optional.of("the link " + path + " leads out of the job's directory to " + real);
      }
      var attributes =
          Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() || attributes.isDirectory()
          ? Optional.empty()
          : Optional.of(path + " is neither a file nor a directory but a socket, pipe or device");
    } catch (IOException e) {
      return Optional.of(
          Files.isSymbolicLink(path)
              ? "the link " + path + " leads nowhere"
              : path + " cannot be read (" + e + ")");
    }
  }
}
