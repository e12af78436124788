package io.github.datasphere.emulator.runner.process.os;

import io.github.datasphere.emulator.logs.LogQuota;
import io.github.datasphere.emulator.runner.run.SmallFile;
import io.github.datasphere.emulator.runner.supervisor.EndMark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Reads the output that a job appends to a file, each time from where it stopped before. */
public final class FileTail {
  /** More than any log stores, so what was read beyond it need not stay on the disk. */
  private static final long LONGEST = 2 * LogQuota.LIMIT;

  private final Path path;
  private final EndMark.Sink sink;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
  private long offset;

  /**
   * Reads a file that may not be there yet.
   *
   * @param offset number of bytes that are known already; if the file is shorter, it was cut and
   *     all of it is known
   */
  public FileTail(Path path, long offset, EndMark.Sink sink) {
    this.path = path;
    this.offset = offset;
    this.sink = sink;
  }

  /** Passes on what has come, up to the present end of the file. Reads only a plain file. */
  public void readOn() throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var channel = SmallFile.open(path)) {
      long size = channel.size();
      offset = Math.min(offset, size);
      buffer.clear();
      for (int count = channel.read(buffer, offset);
          count > 0;
          count = offset < size && offset <= LONGEST ? channel.read(buffer, offset) : 0) {
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
