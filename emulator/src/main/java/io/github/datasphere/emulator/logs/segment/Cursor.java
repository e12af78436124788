package io.github.datasphere.emulator.logs.segment;

import io.github.datasphere.emulator.logs.LogPosition;

/** The offset in a file at which a frame begins, and the position in the log that belongs to it. */
record Cursor(long offset, LogPosition position) {}
