/** Operations, which tell clients how a call that takes long has ended. */
@NullMarked
package io.github.datasphere.emulator.job.operation;

import org.jspecify.annotations.NullMarked;
