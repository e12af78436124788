/** Carries out the calls of the control service on the current world. */
@NullMarked
package io.github.datasphere.emulator.control;

import org.jspecify.annotations.NullMarked;
