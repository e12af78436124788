/**
 * A client of the service like any other: reads a job configuration file (the official YAML),
 * submits the job, follows it and fetches its results. It keeps the checks that only a client can
 * make and leaves the rest to the service, whose complaints it maps back to lines of the file.
 */
@NullMarked
package io.github.datasphere.emulator.client;

import org.jspecify.annotations.NullMarked;
