/** The rules of CONTRIBUTING.md that a program can check, each with the reason in its message. */
@NullMarked
package io.github.datasphere.emulator.architecture;

import org.jspecify.annotations.NullMarked;
