/** Runs jobs as a script says, on the injected clock: no process, no thread, no waiting. */
@NullMarked
package io.github.datasphere.emulator.runner.scripted;

import org.jspecify.annotations.NullMarked;
