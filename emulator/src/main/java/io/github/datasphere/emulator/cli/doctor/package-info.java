/** What works on this machine, and how to mend what does not. */
@NullMarked
package io.github.datasphere.emulator.cli.doctor;

import org.jspecify.annotations.NullMarked;
