/**
 * The job store of tests and ephemeral runs: an immutable state swapped whole, so a snapshot is
 * free.
 */
@NullMarked
package io.github.datasphere.emulator.store.memory;

import org.jspecify.annotations.NullMarked;
