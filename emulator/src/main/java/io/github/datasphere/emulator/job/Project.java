package io.github.datasphere.emulator.job;

import io.github.datasphere.emulator.job.id.ProjectId;
import java.time.Instant;
import java.util.Map;

/**
 * A project, with only what clients of jobs ask for (service-behaviour 7.1). Names may be any text
 * (7.2).
 */
public record Project(
    ProjectId id,
    String communityId,
    String name,
    String description,
    Map<String, String> labels,
    Instant createdAt,
    String createdBy) {
  public Project {
    labels = Map.copyOf(labels);
  }
}
