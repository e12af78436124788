/** Keeps files in memory, for emulators that live as long as a test; large ones on disk. */
@NullMarked
package io.github.datasphere.emulator.files.memory;

import org.jspecify.annotations.NullMarked;
