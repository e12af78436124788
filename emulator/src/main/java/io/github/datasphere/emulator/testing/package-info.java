/** What tests order and read: the manual clock, scripts, faults, journal and timeline. */
@NullMarked
package io.github.datasphere.emulator.testing;

import org.jspecify.annotations.NullMarked;
