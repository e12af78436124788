package io.github.datasphere.emulator.grpc.mapping;

import io.github.datasphere.emulator.job.Project;

/**
 * Projects; their settings and limits mean nothing here and are not kept (service-behaviour 7.1).
 */
public final class ProjectMapping {
  private ProjectMapping() {}

  public static io.github.datasphere.proto.datasphere.Project toProto(Project project) {
    return io.github.datasphere.proto.datasphere.Project.newBuilder()
        .setId(project.id().value())
        .setCreatedAt(TimeMapping.toProto(project.createdAt()))
        .setName(project.name())
        .setDescription(project.description())
        .putAllLabels(project.labels())
        .setCreatedById(project.createdBy())
        .setCommunityId(project.communityId())
        .build();
  }
}
