/**
 * Time as the emulator sees it: schedulers that tell the time and call back, on the system's clock
 * or a test's.
 */
@NullMarked
package io.github.datasphere.emulator.time;

import org.jspecify.annotations.NullMarked;
