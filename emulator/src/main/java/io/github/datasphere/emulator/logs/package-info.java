/** Port: the append-only log of each job, read on from an index by any number of readers. */
@NullMarked
package io.github.datasphere.emulator.logs;

import org.jspecify.annotations.NullMarked;
