/** What a client submits: the parameters of a job, their checks and how a clone merges them. */
@NullMarked
package io.github.datasphere.emulator.job.spec;

import org.jspecify.annotations.NullMarked;
