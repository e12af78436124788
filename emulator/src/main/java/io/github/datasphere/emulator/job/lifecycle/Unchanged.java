package io.github.datasphere.emulator.job.lifecycle;

/** The command is legal and changes nothing, such as Cancel of a finished job. */
public record Unchanged() implements Decision {}
