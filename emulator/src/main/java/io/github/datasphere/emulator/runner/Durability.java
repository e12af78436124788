package io.github.datasphere.emulator.runner;

/**
 * What the end of the emulator means for its jobs (docs/architecture.md, "Nothing left behind").
 */
public enum Durability {
  /** All end with it, also when it is killed. */
  LEASED,
  /** Those that run when it is killed are adopted by the next one; a normal end ends them. */
  ENDED_AT_CLOSE,
  /** They go on whatever its end, and the next one adopts them. */
  LEFT_AT_CLOSE
}
