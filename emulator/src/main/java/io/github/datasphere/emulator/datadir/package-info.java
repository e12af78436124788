/** The folder in which one emulator keeps its state, its lock, its keys and who may read it. */
@NullMarked
package io.github.datasphere.emulator.datadir;

import org.jspecify.annotations.NullMarked;
