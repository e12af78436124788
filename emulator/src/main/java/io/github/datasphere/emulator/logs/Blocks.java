package io.github.datasphere.emulator.logs;

/**
 * Tells why output stops in the middle of a line. Either the program writes its output in full
 * buffers, which end anywhere, so that the rest of the line follows with the next one, in seconds
 * or in minutes. Or the program has written the piece on purpose, such as a prompt or a progress
 * bar.
 *
 * <p>A buffer of C, Go or Perl gives exactly 4, 8 or 64 KiB; one of Python, Rust or C++ gives some
 * bytes less or more, up to one piece of a line. Three counts are compared with these sizes: the
 * last piece; all bytes since the last pause, since readers find blocks cut or joined; and all
 * bytes so far, which is right whatever became of the pieces on their way.
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
   * Looks at one stream.
   *
   * @param known bytes that were read from it before, at an unknown pace; the bytes until the next
   *     pause were there already
   */
  Blocks(long known) {
    total = known;
    isPaceUnknown = known > 0;
  }

  /** Notes that this many bytes came in one piece. */
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

  /** Notes that no output came for a while. */
  void pause() {
    pause = true;
  }

  /**
   * Whether the output ends where a buffer was full.
   *
   * @param line length in bytes of the lines that the program writes
   */
  boolean endsBlock(int line) {
    // The next line may be longer
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
