package io.github.datasphere.emulator.job;

import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;

/** A dataset that a job made, with the id it got (service-behaviour 3.16). */
public record OutputDataset(OutputDatasetDesc desc, String id) {}
