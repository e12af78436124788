package io.github.datasphere.emulator.grpc;

import io.github.datasphere.emulator.engine.Projects;
import io.github.datasphere.emulator.grpc.mapping.ProjectMapping;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.proto.datasphere.ListProjectsRequest;
import io.github.datasphere.proto.datasphere.ListProjectsResponse;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Pages of the projects of a community that the caller may use (service-behaviour 7.1). A name
 * pattern is a part of the name, in any case: the protos do not say what else it could be.
 */
final class ProjectListing {
  private static final int BATCH = 100;

  private final ListProjectsRequest request;
  private final String namePart;

  private final Predicate<ProjectId> mayUse;

  private ProjectListing(ListProjectsRequest request, Predicate<ProjectId> mayUse) {
    this.request = request;
    this.mayUse = mayUse;
    this.namePart = request.getProjectNamePattern().toLowerCase(Locale.ROOT);
  }

  static ListProjectsResponse page(
      Projects projects, ListProjectsRequest request, Predicate<ProjectId> mayUse) {
    RequestFields.given("community_id", request.getCommunityId());
    return new ProjectListing(request, mayUse)
        .read(projects, RequestFields.pageSize(request.getPageSize()));
  }

  private ListProjectsResponse read(Projects projects, int size) {
    var token = new PageToken("projects "
        + String.join("\0", request.getCommunityId(), namePart, request.getOwnedById()));
    var after = token.decode(request.getPageToken(), "");
    var page = ListProjectsResponse.newBuilder();
    while (true) {
      var batch = projects.list(request.getCommunityId(), after, BATCH);
      for (var project : batch) {
        if (isWanted(project)) {
          if (page.getProjectsCount() == size) {
            return page.setNextPageToken(token.encode(after)).build();
          }
          page.addProjects(ProjectMapping.toProto(project));
        }
        after = project.id().value();
      }
      if (batch.size() < BATCH) {
        return page.build();
      }
    }
  }

  private boolean isWanted(Project project) {
    return mayUse.test(project.id())
        && project.name().toLowerCase(Locale.ROOT).contains(namePart)
        && (request.getOwnedById().isEmpty() || project.createdBy().equals(request.getOwnedById()));
  }
}
