/** Questions about jobs: which of them a list shows, and which of their files can be downloaded. */
@NullMarked
package io.github.datasphere.emulator.job.query;

import org.jspecify.annotations.NullMarked;
