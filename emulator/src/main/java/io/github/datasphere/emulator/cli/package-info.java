/** The command line: commands, their options, and what they say. */
@NullMarked
package io.github.datasphere.emulator.cli;

import org.jspecify.annotations.NullMarked;
