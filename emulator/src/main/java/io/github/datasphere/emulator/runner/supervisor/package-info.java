/** Process 1 of every job: a shell program of ours, and how a runner speaks with it. */
@NullMarked
package io.github.datasphere.emulator.runner.supervisor;

import org.jspecify.annotations.NullMarked;
