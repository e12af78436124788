/** The files of a job in its container, and the folders that are mounted into it. */
@NullMarked
package io.github.datasphere.emulator.runner.docker.files;

import org.jspecify.annotations.NullMarked;
