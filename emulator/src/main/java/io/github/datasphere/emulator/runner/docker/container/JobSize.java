package io.github.datasphere.emulator.runner.docker.container;

/**
 * What a job's container may take.
 *
 * @param gpusAsked how many GPUs its instance type has
 * @param asked what its instance type has in the cloud, as text for humans
 * @param isStrict whether a job is refused rather than run with less than it asks for
 */
public record JobSize(
    double cpus, long memoryBytes, int gpus, int gpusAsked, String asked, boolean isStrict) {}
