/** Runs jobs as processes of this machine, each in a directory of its own; isolates nothing. */
@NullMarked
package io.github.datasphere.emulator.runner.process;

import org.jspecify.annotations.NullMarked;
