package io.github.datasphere.emulator.config;

/** When an image is pulled from its registry. */
public enum PullPolicy {
  /** If this machine does not have it. */
  MISSING,
  /** Before each job. */
  ALWAYS,
  /** Not at all: a job whose image is not here fails. */
  NEVER
}
