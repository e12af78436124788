/** Kills a server, or lets its disk fail, at random moments and looks whether it kept its word. */
@NullMarked
package io.github.datasphere.emulator.kill;

import org.jspecify.annotations.NullMarked;
