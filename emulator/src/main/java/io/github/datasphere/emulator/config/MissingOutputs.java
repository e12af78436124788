package io.github.datasphere.emulator.config;

/** How a job ends that exited with 0 but left a declared output out (service-behaviour 10.6). */
public enum MissingOutputs {
  /** The job ends in ERROR, and its details name the outputs. */
  ERROR,
  /** The job ends in SUCCESS. */
  SUCCESS
}
