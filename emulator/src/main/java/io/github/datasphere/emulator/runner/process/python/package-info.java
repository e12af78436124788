/** The Pythons of this machine, and environments made with them. */
@NullMarked
package io.github.datasphere.emulator.runner.process.python;

import org.jspecify.annotations.NullMarked;
