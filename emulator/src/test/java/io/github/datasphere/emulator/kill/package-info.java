/** What a server keeps when it is killed, when its disk fails, or when hands were at its files. */
@NullMarked
package io.github.datasphere.emulator.kill;

import org.jspecify.annotations.NullMarked;
