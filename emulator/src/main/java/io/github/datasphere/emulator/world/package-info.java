/**
 * Engine, stores, clock and scripts of one emulator, built as one and swapped as one at a reset or
 * restore.
 */
@NullMarked
package io.github.datasphere.emulator.world;

import org.jspecify.annotations.NullMarked;
