package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.logs.LogQuota;
import io.github.datasphere.emulator.runner.supervisor.EndMark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Output that a job appends to a file, read on from where it was read last. */
final class GrowingFile {
  /** More than any log stores: what was read beyond it is of no more use on the disk. */
  private static final long LONGEST = 2 * LogQuota.LIMIT;

  private final Path path;
  private final EndMark.Sink sink;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
  private long offset;

  /**
   * Goes on with a file that may not be there yet.
   *
   * @param offset what of it is known already; when it is shorter, it was cut and all is known
   */
  GrowingFile(Path path, long offset, EndMark.Sink sink) {
    this.path = path;
    this.offset = offset;
    this.sink = sink;
  }

  /** Passes on what has come. */
  void readOn() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      offset = Math.min(offset, channel.size());
      buffer.clear();
      for (int count = channel.read(buffer, offset);
          count > 0;
          count = channel.read(buffer, offset)) {
        offset += count;
        sink.accept(buffer.array(), 0, count);
        buffer.clear();
      }
      if (offset > LONGEST) {
        channel.truncate(0);
        offset = 0;
      }
    }
  }
}
