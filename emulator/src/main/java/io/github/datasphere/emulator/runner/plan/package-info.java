/**
 * What every runner does with a job, worked out without doing it: paths, command, environment,
 * files to place and to collect.
 */
@NullMarked
package io.github.datasphere.emulator.runner.plan;

import org.jspecify.annotations.NullMarked;
