package io.github.datasphere.junit;

/** How long one emulator lives. */
public enum Lifetime {
  /** Each test has its own emulator. */
  TEST,

  /**
   * All tests of a class and its nested classes share one emulator, and see what the others left.
   * This is refused if they run concurrently.
   */
  CLASS
}
