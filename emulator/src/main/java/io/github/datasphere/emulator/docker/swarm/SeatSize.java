package io.github.datasphere.emulator.docker.swarm;

/**
 * What a reservation takes.
 *
 * @param gpus how many GPUs, and what the nodes call them
 */
public record SeatSize(long nanoCpus, long memoryBytes, NodeGpus gpus) {}
