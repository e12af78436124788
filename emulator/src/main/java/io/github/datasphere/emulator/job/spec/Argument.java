package io.github.datasphere.emulator.job.spec;

/** A named text that replaces {@code ${name}} in the command, unquoted (service-behaviour 4.7). */
public record Argument(String name, String value) {}
