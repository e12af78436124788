package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.Operation;
import org.jspecify.annotations.Nullable;

/**
 * An operation with its job, both of one moment.
 *
 * @param job null if the operation concerns none
 */
public record OperationView(Operation operation, @Nullable Job job) {}
