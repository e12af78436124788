package io.github.datasphere.emulator.config;

/** What happens to an instance type that is larger than this machine. */
public enum Fit {
  /** It gets what this machine has. */
  CLAMP,
  /** All types shrink by one factor, so that they keep their proportions. */
  SCALE,
  /** It is refused. */
  STRICT
}
