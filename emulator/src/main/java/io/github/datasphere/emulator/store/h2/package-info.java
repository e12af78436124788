/** The job store of a server with a data directory: an embedded database that outlives a crash. */
@NullMarked
package io.github.datasphere.emulator.store.h2;

import org.jspecify.annotations.NullMarked;
