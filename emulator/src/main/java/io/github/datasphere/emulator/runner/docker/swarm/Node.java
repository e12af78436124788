package io.github.datasphere.emulator.runner.docker.swarm;

import io.github.datasphere.emulator.runner.run.ExecutionBackend;

/**
 * A node on which jobs can be placed.
 *
 * @param architecture its processor, as images name it
 * @param backend of the node's own engine
 */
record Node(String id, String name, String architecture, ExecutionBackend backend) {}
