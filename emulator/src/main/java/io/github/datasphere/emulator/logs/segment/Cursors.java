package io.github.datasphere.emulator.logs.segment;

import io.github.datasphere.emulator.logs.LogSelection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Remembers where the latest readers of a file stopped, since they will most likely go on there.
 */
final class Cursors {
  private static final int MOST = 64;

  private final Deque<Cursor> latest = new ArrayDeque<>(2);

  synchronized void add(Cursor cursor) {
    if (!latest.isEmpty() && latest.getFirst().offset() == cursor.offset()) {
      return;
    }
    latest.addFirst(cursor);
    if (latest.size() > MOST) {
      latest.removeLast();
    }
  }

  /** Returns the last known cursor that is not beyond the index. */
  synchronized Optional<Cursor> before(LogSelection selection, long index) {
    Cursor best = null;
    for (var cursor : latest) {
      long place = cursor.position().index(selection);
      if (place <= index && (best == null || best.offset() < cursor.offset())) {
        best = cursor;
      }
    }
    return Optional.ofNullable(best);
  }
}
