/** Runs each job in a container of its own, sized from its instance type. */
@NullMarked
package io.github.datasphere.emulator.runner.docker;

import org.jspecify.annotations.NullMarked;
