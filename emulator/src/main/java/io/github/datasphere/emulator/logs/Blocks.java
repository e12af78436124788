package io.github.datasphere.emulator.logs;

/**
 * Tells why output stops in the middle of a line: because its program gathers output in a buffer
 * and a full one ends anywhere, so that the rest of the line follows with the next, in seconds or
 * in minutes; or because the program let it go as it is, such as a prompt or a progress bar.
 *
 * <p>A buffer of C, Go or Perl gives exactly 4, 8 or 64 KiB; one of Python, Rust or C++ some bytes
 * less or more, up to one piece of a line. Looked at are what came last, what came since the last
 * pause, since readers find blocks cut or joined, and all there was, which holds whatever became of
 * the pieces on their way.
 */
final class Blocks {
  private static final int SMALLEST = 4 << 10;
  private static final int USUAL = 8 << 10;
  private static final int MOST_INEXACT = SMALLEST / 2;

  private long total;
  private long sincePause;
  private int last;
  private boolean pause;
  private boolean isPaceUnknown;

  /**
   * Of one stream.
   *
   * @param known bytes that were read of it before, at a pace that nobody knows any more; what
   *     comes until the next pause was there already
   */
  Blocks(long known) {
    total = known;
    isPaceUnknown = known > 0;
  }

  /** So many bytes came in one piece. */
  void take(int count) {
    if (pause) {
      pause = false;
      isPaceUnknown = false;
      sincePause = 0;
    }
    total += count;
    sincePause += count;
    last = count;
  }

  /** Nothing came for a while. */
  void pause() {
    pause = true;
  }

  /**
   * Whether what came ends where a buffer was full.
   *
   * @param line how long the lines are that the program writes, in bytes
   */
  boolean endsBlock(int line) {
    // The next may be longer
    int inexact = Math.min(2 * line, MOST_INEXACT);
    return total % SMALLEST == 0
        || (isPaceUnknown && total >= SMALLEST - inexact)
        || areBlocks(last, inexact)
        || areBlocks(sincePause, inexact);
  }

  private static boolean areBlocks(long bytes, int inexact) {
    long blocks = (bytes + SMALLEST / 2) / SMALLEST;
    long off = Math.abs(bytes - blocks * SMALLEST);
    return blocks > 0 && off <= Math.max(1, bytes / USUAL) * inexact;
  }
}
