package io.github.datasphere.emulator.job.lifecycle;

/** The lifecycle's answer to a command: a change, no change, or a refusal. */
public sealed interface Decision permits Decided, Unchanged, Rejected {}
