package io.github.datasphere.emulator.runner.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks a directory that the engine sends. */
final class TarContent {
  private TarContent() {}

  /**
   * What is in the directory comes to lie in {@code root}, which is empty. Links are made last:
   * nothing is written through one.
   */
  static void unpack(TarArchiveInputStream tar, Path root) throws IOException {
    var links = new LinkedHashMap<Path, String>();
    for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      var target = target(entry.getName(), root);
      if (entry.isDirectory()) {
        Files.createDirectories(target);
      } else if (entry.isSymbolicLink()) {
        links.put(target, entry.getLinkName());
      } else if (entry.isLink()) {
        Files.copy(target(entry.getLinkName(), root), target);
      } else if (!entry.isFIFO() && !entry.isCharacterDevice() && !entry.isBlockDevice()) {
        Files.copy(tar, target);
      }
    }
    for (var link : links.entrySet()) {
      Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
    }
  }

  /** Where an entry belongs; the engine's begin with the name of the directory. */
  static Path target(String entry, Path root) throws IOException {
    int slash = entry.indexOf('/');
    var target = root.resolve(slash < 0 ? "" : entry.substring(slash + 1)).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("the entry " + entry + " leads out of its directory");
    }
    return target;
  }
}
