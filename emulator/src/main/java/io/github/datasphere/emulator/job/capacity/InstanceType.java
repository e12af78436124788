package io.github.datasphere.emulator.job.capacity;

/**
 * A kind of machine that a job can ask for (service-behaviour section 8).
 *
 * @param memoryGb RAM in GiB; the lower bound where the service gives a range
 * @param gpuModel such as {@code V100}; empty without GPU
 * @param gpuMemoryGb memory of all GPUs together in GiB
 */
public record InstanceType(
    String name, int cpus, long memoryGb, int gpus, String gpuModel, long gpuMemoryGb) {}
