package io.github.datasphere.emulator.config;

/** What happens to a job that is executed beyond the limit of active jobs. */
public enum WhenFull {
  /** It waits in PREPARING. */
  QUEUE,
  /** Its operation ends after seconds with RESOURCE_EXHAUSTED, as on the real service. */
  REFUSE
}
