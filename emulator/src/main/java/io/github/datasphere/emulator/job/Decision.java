package io.github.datasphere.emulator.job;

/** What the lifecycle says to a command: change this, nothing to change, or no. */
public sealed interface Decision permits Decided, Unchanged, Rejected {}
