/** The log of scripted jobs: everything in memory, a snapshot on demand. */
@NullMarked
package io.github.datasphere.emulator.logs.memory;

import org.jspecify.annotations.NullMarked;
