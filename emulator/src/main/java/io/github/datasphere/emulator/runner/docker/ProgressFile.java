package io.github.datasphere.emulator.runner.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.docker.ContainerFiles;
import io.github.datasphere.emulator.docker.PathStat;
import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.runner.plan.ProgressText;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** The file in which the program says how far it is (service-behaviour 5.12). */
final class ProgressFile {
  private static final int TAIL = 64 * 1024;

  /** What is longer is no progress file, and not worth the transfer once a second. */
  private static final long LARGEST = 4 << 20;

  private final ContainerFiles files;
  private final String container;
  private final String path = RunContext.LAYOUT.progressFile();
  private @Nullable PathStat seen;
  private @Nullable Progress last;

  ProgressFile(ContainerFiles files, String container) {
    this.files = files;
    this.container = container;
  }

  /** What is new since the call before. */
  Optional<Progress> news(Instant now) throws IOException {
    var stat = files.stat(container, path);
    if (stat.isEmpty()
        || stat.get().kind() != PathStat.Kind.FILE
        || stat.get().size() > LARGEST
        || stat.get().equals(seen)) {
      return Optional.empty();
    }
    seen = stat.get();
    return ProgressText.parse(tail(), now).filter(this::isNew);
  }

  private boolean isNew(Progress progress) {
    boolean isNew = !progress.equals(last);
    last = progress;
    return isNew;
  }

  private String tail() throws IOException {
    try (var tar = new TarArchiveInputStream(files.get(container, path))) {
      var entry = tar.getNextEntry();
      if (entry == null || !entry.isFile()) {
        return "";
      }
      tar.skipNBytes(Math.max(0, entry.getSize() - TAIL));
      return new String(tar.readNBytes(TAIL), UTF_8);
    }
  }
}
