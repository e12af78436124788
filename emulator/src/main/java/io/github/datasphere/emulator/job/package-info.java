/**
 * The domain: a job, its operations and every legal move between its states. Values and total
 * functions; no I/O, no clock, no proto.
 */
@NullMarked
package io.github.datasphere.emulator.job;

import org.jspecify.annotations.NullMarked;
