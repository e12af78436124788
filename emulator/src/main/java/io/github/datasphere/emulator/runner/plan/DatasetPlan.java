package io.github.datasphere.emulator.runner.plan;

import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;

/** A dataset that the job fills and the directory in which it does (service-behaviour 4.21). */
public record DatasetPlan(OutputDatasetDesc desc, String path) {}
