/** Reads settings with the place where each stands, and collects all problems before it refuses. */
@NullMarked
package io.github.datasphere.emulator.config.reading;

import org.jspecify.annotations.NullMarked;
