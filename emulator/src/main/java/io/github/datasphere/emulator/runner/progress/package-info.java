/** What a job tells while it runs: its progress, and rows of what it takes. */
@NullMarked
package io.github.datasphere.emulator.runner.progress;

import org.jspecify.annotations.NullMarked;
