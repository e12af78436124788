package io.github.datasphere.emulator.config;

/** When an image is pulled from its registry. */
public enum PullPolicy {
  /** Pulls an image if this machine does not have it. */
  MISSING,
  /** Pulls the image before each job. */
  ALWAYS,
  /** Never pulls: a job whose image is not here fails. */
  NEVER
}
