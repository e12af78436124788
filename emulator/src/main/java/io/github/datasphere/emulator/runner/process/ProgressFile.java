package io.github.datasphere.emulator.runner.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.job.Progress;
import io.github.datasphere.emulator.runner.plan.ProgressText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file in which the program says how far it is (service-behaviour 5.12). */
final class ProgressFile {
  private static final int TAIL = 64 * 1024;

  private final Path path;
  private @Nullable FileTime seen;
  private long seenSize;
  private @Nullable Progress last;

  ProgressFile(Path path) {
    this.path = path;
  }

  /** What is new since the call before. */
  synchronized Optional<Progress> news(Instant now) {
    try {
      if (!Files.isRegularFile(path)) {
        return Optional.empty();
      }
      var modified = Files.getLastModifiedTime(path);
      var size = Files.size(path);
      if (modified.equals(seen) && size == seenSize) {
        return Optional.empty();
      }
      var progress = ProgressText.parse(tail(), now);
      seen = modified;
      seenSize = size;
      return progress.filter(this::isNew);
    } catch (IOException e) {
      // It is just being replaced: the next look will do
      return Optional.empty();
    }
  }

  private boolean isNew(Progress progress) {
    boolean isNew = !progress.equals(last);
    last = progress;
    return isNew;
  }

  private String tail() throws IOException {
    try (var channel = FileChannel.open(path)) {
      var buffer = ByteBuffer.allocate((int) Math.min(TAIL, channel.size()));
      channel.read(buffer, Math.max(0, channel.size() - TAIL));
      return new String(buffer.array(), 0, buffer.position(), UTF_8);
    }
  }
}
