package io.github.datasphere.emulator.job.spec;

import io.github.datasphere.emulator.job.id.ProjectId;

/** The key of a stored file: content is shared within a project (service-behaviour 2.5). */
public record FileKey(ProjectId project, String sha256) {}
