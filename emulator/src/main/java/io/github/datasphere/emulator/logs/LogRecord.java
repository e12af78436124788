package io.github.datasphere.emulator.logs;

import java.time.Instant;

/**
 * A piece of output: one or more whole lines if the output allows it (service-behaviour 5.6).
 *
 * @param content not copied, so it must not be changed
 */
@SuppressWarnings(
    "ArrayRecordComponent") // compared by no one; a copy of each record would cost more
public record LogRecord(LogSource source, Instant createdAt, byte[] content) {}
