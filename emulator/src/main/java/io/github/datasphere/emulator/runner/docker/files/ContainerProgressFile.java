package io.github.datasphere.emulator.runner.docker.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.docker.ContainerFiles;
import io.github.datasphere.emulator.docker.PathStat;
import io.github.datasphere.emulator.runner.docker.container.ContainerPaths;
import java.io.IOException;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** The file in which the program says how far it is. */
public final class ContainerProgressFile {
  private static final int TAIL = 64 * 1024;

  /** A longer file is no progress file, and not worth a transfer each second. */
  private static final long LARGEST = 4 << 20;

  private final ContainerFiles files;
  private final String container;
  private final String path = ContainerPaths.LAYOUT.progressFile();
  private @Nullable PathStat seen;

  public ContainerProgressFile(ContainerFiles files, String container) {
    this.files = files;
    this.container = container;
  }

  /** Returns the end of the file if the file has changed since the previous call. */
  public Optional<String> changed() throws IOException {
    var stat = files.stat(container, path);
    if (stat.isEmpty()
        || stat.get().kind() != PathStat.Kind.FILE
        || stat.get().size() > LARGEST
        || stat.get().equals(seen)) {
      return Optional.empty();
    }
    seen = stat.get();
    try (var tar = new TarArchiveInputStream(files.get(container, path))) {
      var entry = tar.getNextEntry();
      if (entry == null || !entry.isFile()) {
        return Optional.empty();
      }
      tar.skipNBytes(Math.max(0, entry.getSize() - TAIL));
      return Optional.of(new String(tar.readNBytes(TAIL), UTF_8));
    }
  }
}
