/**
 * Processes and signals of the command line: the client that it runs, and how a stop is asked for.
 */
@NullMarked
package io.github.datasphere.emulator.cli.process;

import org.jspecify.annotations.NullMarked;
