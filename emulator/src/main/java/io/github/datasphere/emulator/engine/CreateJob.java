package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.JobParameters;
import java.time.Duration;

/**
 * The request of a Create.
 *
 * @param config the client's YAML text, kept as it is
 * @param ttl how long the data live
 */
public record CreateJob(
    ProjectId project,
    JobParameters parameters,
    String config,
    String name,
    String desc,
    Duration ttl) {}
