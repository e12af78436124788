package io.github.datasphere.emulator.session;

import java.time.Duration;

/**
 * An event with its time.
 *
 * @param at since the session began
 */
public record TimedEvent(Duration at, Event event) {}
