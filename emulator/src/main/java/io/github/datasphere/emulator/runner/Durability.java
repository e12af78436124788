package io.github.datasphere.emulator.runner;

/** What happens to jobs when the emulator ends (docs/architecture.md, "Nothing left behind"). */
public enum Durability {
  /** All jobs end with the emulator, also when it is killed. */
  LEASED,
  /**
   * A normal end of the emulator ends all jobs. Jobs that run when it is killed are adopted by the
   * next emulator.
   */
  ENDED_AT_CLOSE,
  /** Jobs go on however the emulator ends, and the next emulator adopts them. */
  LEFT_AT_CLOSE
}
