package io.github.datasphere.emulator.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that several rows use, filled once in a build directory. */
final class BenchFolders {
  private BenchFolders() {}

  /** Fills a folder. */
  @FunctionalInterface
  interface Filling {
    void fill(Path folder) throws Exception;
  }

  /** The folder of this name, filled if it is not there yet. */
  static Path of(String name, Filling filling) throws Exception {
    var folder = Path.of(System.getProperty("bench.root"), "emulator", "target", "bench", name);
    if (!Files.isDirectory(folder)) {
      var draft = folder.resolveSibling(name + ".tmp-" + ProcessHandle.current().pid());
      filling.fill(Files.createDirectories(draft));
      Files.move(draft, folder);
    }
    return folder;
  }
}
