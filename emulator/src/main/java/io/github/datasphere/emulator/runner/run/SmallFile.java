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
 * Files that a job can write or replace, too: never waited for, as one would for a pipe, and read
 * no further than they were expected to go.
 */
public final class SmallFile {
  private SmallFile() {}

  /**
   * All of it as text.
   *
   * @return empty if there is no plain file, or one that is larger
   */
  public static Optional<String> read(Path file, int limitBytes) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > limitBytes) {
      return Optional.empty();
    }
    try (var channel = open(file)) {
      var buffer = ByteBuffer.allocate(limitBytes);
      while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) > 0) {
        // A read at a position fails on what became a pipe meanwhile
      }
      return Optional.of(new String(buffer.array(), 0, buffer.position(), UTF_8));
    }
  }

  /**
   * For reading; also for writing where that may be, since the open of a pipe waits for nobody so.
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
