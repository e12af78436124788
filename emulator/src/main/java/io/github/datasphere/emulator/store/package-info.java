/** Port: jobs, operations, projects and file claims, changed one decision at a time. */
@NullMarked
package io.github.datasphere.emulator.store;

import org.jspecify.annotations.NullMarked;
