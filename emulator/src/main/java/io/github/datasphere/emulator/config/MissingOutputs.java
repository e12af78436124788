package io.github.datasphere.emulator.config;

/** How a job ends that exited with 0 but left a declared output out (service-behaviour 10.6). */
public enum MissingOutputs {
  /** In ERROR, whose details name the outputs. */
  ERROR,
  /** In SUCCESS. */
  SUCCESS
}
