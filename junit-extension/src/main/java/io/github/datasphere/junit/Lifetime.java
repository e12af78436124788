package io.github.datasphere.junit;

/** How long one emulator lives. */
public enum Lifetime {
  /** Each test has its own. */
  TEST,

  /**
   * All tests of a class and its nested ones share one and see what the others left; refused if
   * they run concurrently.
   */
  CLASS
}
