/** Port: carries a job out and reports what happened to it. */
@NullMarked
package io.github.datasphere.emulator.runner;

import org.jspecify.annotations.NullMarked;
