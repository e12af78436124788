package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.base.OwnerOnly;
import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.Mount;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Lets a job see folders of this machine through links. Nothing keeps the process from writing to
 * them.
 */
final class HostMounts {
  private HostMounts() {}

  static void link(List<Mount> mounts, SystemLog log) throws IOException, PreparationException {
    for (var mount : mounts) {
      var folder = mount.folder().toAbsolutePath();
      if (mount.isMadeIfMissing()) {
        OwnerOnly.createDirectories(folder.resolveSibling(""));
        Files.createDirectories(folder);
      } else if (!Files.isDirectory(folder)) {
        throw new PreparationException(PathErrors.hidden(folder)
            .map(why -> "The " + mount.what() + " cannot be read at " + folder + ": " + why + ".")
            .orElse("There is no directory " + folder + " for the " + mount.what()
                + ": make it, or name another."));
      }
      link(Utf8Paths.of(mount.path()), folder, mount);
      log.info("The " + mount.what() + " is " + folder
          + (mount.writable() ? "" : ", meant to be read only (nothing keeps a process from it)"));
    }
  }

  private static void link(Path link, Path folder, Mount mount)
      throws IOException, PreparationException {
    try {
      var parent = link.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createSymbolicLink(link, folder);
    } catch (FileAlreadyExistsException e) {
      throw new PreparationException(
          "The " + mount.what() + " belongs at " + link
              + ", where an input file is: rename the input.",
          e);
    }
  }
}
