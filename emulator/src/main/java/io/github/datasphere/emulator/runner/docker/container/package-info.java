/** A job's container: what it is made of, its life, and those that an earlier emulator left. */
@NullMarked
package io.github.datasphere.emulator.runner.docker.container;

import org.jspecify.annotations.NullMarked;
