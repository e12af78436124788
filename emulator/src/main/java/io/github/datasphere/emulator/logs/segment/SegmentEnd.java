package io.github.datasphere.emulator.logs.segment;

import io.github.datasphere.emulator.logs.LogPosition;

/**
 * How far a file is written.
 *
 * @param offset where its last complete frame ends, in bytes
 * @param ended whether no more records will come
 */
record SegmentEnd(long offset, LogPosition position, boolean ended) {
  static final SegmentEnd EMPTY = new SegmentEnd(0, LogPosition.START, false);
  static final SegmentEnd DELETED = EMPTY.asEnded();

  SegmentEnd asEnded() {
    return new SegmentEnd(offset, position, true);
  }
}
