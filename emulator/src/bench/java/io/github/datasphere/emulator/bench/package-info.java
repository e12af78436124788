/**
 * Measurements: one table of figures, each beside its floor or peer measured in the same run. Not
 * tests; nothing here asserts a time.
 */
@NullMarked
package io.github.datasphere.emulator.bench;

import org.jspecify.annotations.NullMarked;
