/** Tar streams, as a container engine takes and gives files. */
@NullMarked
package io.github.datasphere.emulator.runner.docker.tar;

import org.jspecify.annotations.NullMarked;
