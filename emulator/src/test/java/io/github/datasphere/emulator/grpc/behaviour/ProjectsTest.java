package io.github.datasphere.emulator.grpc.behaviour;

import io.github.datasphere.proto.datasphere.CreateProjectRequest;
import io.github.datasphere.proto.datasphere.GetProjectRequest;
import io.github.datasphere.proto.datasphere.ListProjectsRequest;
import io.github.datasphere.proto.datasphere.ListProjectsResponse;
import io.github.datasphere.proto.datasphere.Project;
import io.github.datasphere.proto.operation.Operation;

/** What the tests of the calls on projects have in common. */
abstract class ProjectsTest extends BehaviourTest {
  static final String COMMUNITY = "bt1community";

  final Operation createProject(String name) {
    return stubs
        .projects()
        .create(CreateProjectRequest.newBuilder()
            .setCommunityId(COMMUNITY)
            .setName(name)
            .setDescription("about")
            .putLabels("team", "ml")
            .build());
  }

  final Project createdProject(String name) {
    return response(createProject(name), Project.getDefaultInstance());
  }

  final Project getProject(String id) {
    return stubs.projects().get(GetProjectRequest.newBuilder().setProjectId(id).build());
  }

  final ListProjectsResponse list(ListProjectsRequest.Builder request) {
    return stubs.projects().list(request.setCommunityId(COMMUNITY).build());
  }
}
