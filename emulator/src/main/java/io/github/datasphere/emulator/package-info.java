/**
 * The public handle of the emulator, and the only place that knows every part: it wires engine,
 * ports and adapters by constructor.
 */
@NullMarked
package io.github.datasphere.emulator;

import org.jspecify.annotations.NullMarked;
