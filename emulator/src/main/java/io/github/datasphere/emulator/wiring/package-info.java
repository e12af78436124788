/**
 * Chooses and builds the adapters that the configuration asks for; the only place, with
 * {@code world}, that knows them.
 */
@NullMarked
package io.github.datasphere.emulator.wiring;

import org.jspecify.annotations.NullMarked;
