/** Which files jobs claim, and how contents are kept and let go of. */
@NullMarked
package io.github.datasphere.emulator.engine.files;

import org.jspecify.annotations.NullMarked;
