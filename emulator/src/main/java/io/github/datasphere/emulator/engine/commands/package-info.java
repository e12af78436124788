/** How a command is carried out: one at a time for each job, committed before its effects begin. */
@NullMarked
package io.github.datasphere.emulator.engine.commands;

import org.jspecify.annotations.NullMarked;
