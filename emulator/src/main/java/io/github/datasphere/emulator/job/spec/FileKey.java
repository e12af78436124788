package io.github.datasphere.emulator.job.spec;

import io.github.datasphere.emulator.job.id.ProjectId;

/** What a stored file is known by: content is shared within a project (service-behaviour 2.5). */
public record FileKey(ProjectId project, String sha256) {}
