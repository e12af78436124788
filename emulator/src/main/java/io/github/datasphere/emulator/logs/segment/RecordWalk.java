package io.github.datasphere.emulator.logs.segment;

import static io.github.datasphere.emulator.logs.segment.FrameReader.BLOCK_BYTES;

import io.github.datasphere.emulator.logs.LogPosition;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Goes from record to record. It skips holes; after damage it goes on with the next undamaged
 * block.
 */
final class RecordWalk {
  private final FrameReader reader;
  private long offset;
  private LogPosition position;

  RecordWalk(FrameReader reader, Cursor start) {
    this.reader = reader;
    this.offset = start.offset();
    this.position = start.position();
  }

  /** Returns where the next record is looked for. */
  Cursor cursor() {
    return new Cursor(offset, position);
  }

  /** Returns the next record; null if there is none. */
  @Nullable
  Frame next() throws IOException {
    while (offset < reader.end()) {
      var frame = reader.at(offset);
      if (frame == null) {
        offset = nextBlock();
        continue;
      }
      offset += frame.size();
      if (frame.isBlockStart()) {
        position = frame.position();
      } else if (frame.isRecord()) {
        position = position.after(frame.isOfStandardStream());
        return frame;
      }
    }
    return null;
  }

  private long nextBlock() throws IOException {
    long block = FrameReader.blockOf(offset) + 1;
    while (block * BLOCK_BYTES < reader.end() && reader.block(block) == null) {
      block++;
    }
    return Math.min(block * BLOCK_BYTES, reader.end());
  }
}
