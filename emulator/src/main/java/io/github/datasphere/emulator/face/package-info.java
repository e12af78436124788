/** The HTTP and JSON face of the emulator, and the console in the browser that speaks to it. */
@NullMarked
package io.github.datasphere.emulator.face;

import org.jspecify.annotations.NullMarked;
