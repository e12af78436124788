/**
 * Answers a client from a recording: each message at its time, which is virtual unless a speed is
 * asked for (docs/recording.md).
 */
@NullMarked
package io.github.datasphere.emulator.replay;

import org.jspecify.annotations.NullMarked;
