package io.github.datasphere.emulator.job;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.JobParameters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Create or Clone received; it never changes.
 *
 * @param config the client's YAML text, returned as it came
 * @param parent the job that this one was cloned from; null if there is none
 */
public record Submission(
    String name,
    String desc,
    String config,
    JobParameters parameters,
    Instant createdAt,
    String createdBy,
    @Nullable JobId parent) {}
