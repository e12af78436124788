/** Large inputs of jobs, kept on the machine of an engine for the next jobs that have them. */
@NullMarked
package io.github.datasphere.emulator.runner.docker.cache;

import org.jspecify.annotations.NullMarked;
