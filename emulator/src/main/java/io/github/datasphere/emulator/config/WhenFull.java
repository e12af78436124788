package io.github.datasphere.emulator.config;

/** What becomes of a job that is executed while as many are active as may be. */
public enum WhenFull {
  /** It waits in PREPARING. */
  QUEUE,
  /** Its operation ends after seconds with RESOURCE_EXHAUSTED, as on the real service. */
  REFUSE
}
