/** Runs each job in a container of its own on a node of a Docker Swarm. */
@NullMarked
package io.github.datasphere.emulator.runner.docker.swarm;

import org.jspecify.annotations.NullMarked;
