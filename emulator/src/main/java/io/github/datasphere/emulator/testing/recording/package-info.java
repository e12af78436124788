/** Keeps the calls of a journal as events of a session, and writes them as a recording. */
@NullMarked
package io.github.datasphere.emulator.testing.recording;

import org.jspecify.annotations.NullMarked;
