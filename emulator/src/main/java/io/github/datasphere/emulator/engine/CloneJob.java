package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.JobParameters;
import java.time.Duration;

/**
 * The request of a Clone: what differs from the source (service-behaviour 6.8, 10.22).
 *
 * @param name empty to take the source's
 * @param desc empty to take the source's
 */
public record CloneJob(
    JobId source, JobParameters overrides, String name, String desc, Duration ttl) {}
