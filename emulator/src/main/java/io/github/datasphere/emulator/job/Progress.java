package io.github.datasphere.emulator.job;

import java.time.Instant;

/**
 * The last progress that the program reported (service-behaviour 5.12); {@code percent} is 0 to
 * 100.
 */
public record Progress(int percent, String message, Instant createdAt) {}
