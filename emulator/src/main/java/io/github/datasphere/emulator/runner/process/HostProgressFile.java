package io.github.datasphere.emulator.runner.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.runner.run.SmallFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file in which the program says how far it is. */
final class HostProgressFile {
  private static final int TAIL = 64 * 1024;

  private final Path path;
  private @Nullable FileTime seen;
  private long seenSize;

  HostProgressFile(String path) {
    this.path = Path.of(path);
  }

  /** Returns the end of the file if the file has changed since the previous call. */
  Optional<String> changed() {
    try {
      if (!Files.isRegularFile(path)) {
        return Optional.empty();
      }
      var modified = Files.getLastModifiedTime(path);
      var size = Files.size(path);
      if (modified.equals(seen) && size == seenSize) {
        return Optional.empty();
      }
      var tail = tail();
      seen = modified;
      seenSize = size;
      return Optional.of(tail);
    } catch (IOException e) {
      // The file is just being replaced; the next look will find it
      return Optional.empty();
    }
  }

  private String tail() throws IOException {
    try (var channel = SmallFile.open(path)) {
      var buffer = ByteBuffer.allocate((int) Math.min(TAIL, channel.size()));
      channel.read(buffer, Math.max(0, channel.size() - TAIL));
      return new String(buffer.array(), 0, buffer.position(), UTF_8);
    }
  }
}
