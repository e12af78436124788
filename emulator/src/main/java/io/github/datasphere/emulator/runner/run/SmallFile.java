package io.github.datasphere.emulator.runner.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Reads files that a job can also write or replace. It never waits, as a read of a pipe would, and
 * it reads no further than a limit.
 */
public final class SmallFile {
  private SmallFile() {}

  /**
   * Reads the whole file as text.
   *
   * @return empty if there is no plain file, or if it is larger
   */
  public static Optional<String> read(Path file, int limitBytes) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > limitBytes) {
      return Optional.empty();
    }
    try (var channel = open(file)) {
      var buffer = ByteBuffer.allocate(limitBytes);
      while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) > 0) {
        // A read at a position fails if the file has become a pipe meanwhile
      }
      return Optional.of(new String(buffer.array(), 0, buffer.position(), UTF_8));
    }
  }

  /**
   * Opens the file for reading, and if possible for writing too: opened so, a pipe waits for no
   * other side.
   */
  public static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(
          file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    } catch (AccessDeniedException e) {
      return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }
  }
}
