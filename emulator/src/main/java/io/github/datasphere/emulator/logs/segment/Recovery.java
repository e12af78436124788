package io.github.datasphere.emulator.logs.segment;

import io.github.datasphere.emulator.logs.LogQuota.Tally;
import io.github.datasphere.emulator.logs.LogSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds, found from its last block alone.
 *
 * @param end end of the last complete frame; a crash tore what follows
 * @param tallies how much each source has written
 */
record Recovery(SegmentEnd end, Map<LogSource, Tally> tallies) {

  /** Looks at a file, which may not exist. */
  static Recovery of(Path path) throws IOException {
    if (Files.notExists(path)) {
      return nothing();
    }
    try (var reader = FrameReader.open(path)) {
      long block = FrameReader.blockOf(Math.max(0, reader.end() - 1));
      var start = reader.block(block);
      while (start == null && block > 0) {
        start = reader.block(--block);
      }
      return start == null ? nothing() : scan(reader, block, start);
    }
  }

  private static Recovery nothing() {
    return new Recovery(SegmentEnd.EMPTY, new LinkedHashMap<>());
  }

  private static Recovery scan(FrameReader reader, long block, Frame start) throws IOException {
    var known = start.toBlockStart();
    var tallies = new LinkedHashMap<>(known.tallies());
    var position = known.position();
    long offset = block * FrameReader.BLOCK_BYTES + start.size();
    @Nullable Frame frame = reader.at(offset);
    while (frame != null && frame.isRecord()) {
      tallies.put(frame.source(), frame.tally());
      position = position.after(frame.isOfStandardStream());
      offset += frame.size();
      frame = reader.at(offset);
    }
    var ended = frame != null && frame.kind() == Frame.Kind.END;
    return new Recovery(new SegmentEnd(offset, position, ended), tallies);
  }
}
