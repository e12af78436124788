package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.operation.Operation;
import org.jspecify.annotations.Nullable;

/**
 * An operation and its job at the same moment.
 *
 * @param job null if the operation concerns no job
 */
public record OperationView(Operation operation, @Nullable Job job) {}
