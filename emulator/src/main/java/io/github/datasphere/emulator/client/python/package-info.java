/** The Python environment of a job: as configured, or as found on this machine. */
@NullMarked
package io.github.datasphere.emulator.client.python;

import org.jspecify.annotations.NullMarked;
