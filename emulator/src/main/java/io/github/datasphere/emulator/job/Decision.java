package io.github.datasphere.emulator.job;

/** The lifecycle's answer to a command: a change, no change, or a refusal. */
public sealed interface Decision permits Decided, Unchanged, Rejected {}
