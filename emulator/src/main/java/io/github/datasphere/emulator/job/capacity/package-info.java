/** Instance types and what a job may ask of the machine (service-behaviour 8). */
@NullMarked
package io.github.datasphere.emulator.job.capacity;

import org.jspecify.annotations.NullMarked;
