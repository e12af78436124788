package io.github.datasphere.emulator.runner.plan;

import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;

/**
 * A dataset that the job fills (service-behaviour 4.21).
 *
 * @param path the directory that the job fills
 * @param id the id that the dataset will get
 */
public record DatasetPlan(OutputDatasetDesc desc, String path, String id) {}
