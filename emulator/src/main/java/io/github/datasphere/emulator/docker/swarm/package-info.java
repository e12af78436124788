/** Places in a Docker Swarm: nodes, and reservations of their CPUs and memory. */
@NullMarked
package io.github.datasphere.emulator.docker.swarm;

import org.jspecify.annotations.NullMarked;
