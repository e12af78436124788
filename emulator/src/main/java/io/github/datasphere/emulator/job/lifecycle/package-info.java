/**
 * What a command does to a job: one table of states and commands, and the decisions that it gives.
 */
@NullMarked
package io.github.datasphere.emulator.job.lifecycle;

import org.jspecify.annotations.NullMarked;
