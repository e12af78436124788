package io.github.datasphere.emulator.job.id;

import java.util.random.RandomGenerator;

/**
 * Gives the same numbers for the same seed, and has a state that can be copied; safe for several
 * threads.
 */
public final class SeededRandom implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  public SeededRandom(long seed) {
    this.state = seed;
  }

  /** Will give what this one gives from here on. */
  public synchronized SeededRandom copy() {
    return new SeededRandom(state);
  }

  /** The finalizer of SplitMix64, as in {@link java.util.SplittableRandom}. */
  @Override
  public synchronized long nextLong() {
    state += GOLDEN_GAMMA;
    long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
