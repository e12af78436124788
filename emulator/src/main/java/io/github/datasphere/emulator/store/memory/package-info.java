/** The job store of tests and ephemeral runs. */
@NullMarked
package io.github.datasphere.emulator.store.memory;

import org.jspecify.annotations.NullMarked;
