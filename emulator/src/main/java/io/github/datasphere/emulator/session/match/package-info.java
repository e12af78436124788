/**
 * Compares what is with what was recorded: ids correspond one to one, times lie within bounds, and
 * what varies is declared in one file.
 */
@NullMarked
package io.github.datasphere.emulator.session.match;

import org.jspecify.annotations.NullMarked;
