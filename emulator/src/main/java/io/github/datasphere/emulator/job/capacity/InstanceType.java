package io.github.datasphere.emulator.job.capacity;

/**
 * A kind of machine that a job can ask for (service-behaviour section 8).
 *
 * @param memoryBytes RAM; the lower bound where the service gives a range
 * @param gpuModel such as {@code V100}; empty without GPU
 * @param gpuMemoryBytes memory of all GPUs together
 */
public record InstanceType(
    String name, int cpus, long memoryBytes, int gpus, String gpuModel, long gpuMemoryBytes) {}
