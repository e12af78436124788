package io.github.datasphere.emulator.logs.segment;

import io.github.datasphere.emulator.logs.LogPosition;

/** A place in a file where a frame begins, and the place in the log that it is. */
record Cursor(long offset, LogPosition position) {}
