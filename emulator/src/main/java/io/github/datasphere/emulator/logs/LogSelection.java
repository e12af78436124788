package io.github.datasphere.emulator.logs;

/** Which records of a job are read. */
public enum LogSelection {
  /** All sources: ReadLogs. */
  ALL,
  /** stdout and stderr alone: ReadStdLogs. */
  STANDARD_STREAMS
}
