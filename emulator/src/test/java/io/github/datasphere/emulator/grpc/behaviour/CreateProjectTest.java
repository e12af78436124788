package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static io.github.datasphere.emulator.grpc.behaviour.Known.REAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.proto.datasphere.CreateProjectMetadata;
import io.github.datasphere.proto.datasphere.CreateProjectRequest;
import io.github.datasphere.proto.datasphere.Project;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

@Rpc("ProjectService/Create")
class CreateProjectTest extends ProjectsTest {
  @Test
  @Evidence(value = DOCS, at = "7.1", says = "answers with a done operation that holds the project")
  void answersWithTheProject() {
    var operation = createProject("train");
    var project = response(operation, Project.getDefaultInstance());

    assertThat(metadata(operation, CreateProjectMetadata.getDefaultInstance()).getProjectId())
        .isEqualTo(project.getId());
    assertThat(project.getName()).isEqualTo("train");
    assertThat(project.getCommunityId()).isEqualTo(COMMUNITY);
    assertThat(project.getDescription()).isEqualTo("about");
    assertThat(project.getLabelsMap()).containsEntry("team", "ml");
    assertThat(project.getCreatedAt()).isEqualTo(proto(GrpcWorld.START));
    assertThat(getProject(project.getId())).isEqualTo(project);
    assertThat(operation(operation.getId())).isEqualTo(operation);
  }

  @Test
  @Evidence(value = REAL, at = "7.2", says = "a name may be any text")
  void nameMayBeAnyText() {
    assertThat(createdProject("Проект Ивана").getName()).isEqualTo("Проект Ивана");
  }

  @Test
  @Evidence(value = CHOICE, at = "10.33", says = "lengths are limited as the protos say")
  void lengthsAreLimited() {
    assertThat(createdProject("x".repeat(63)).getName()).hasSize(63);
    assertRefused(
        () -> createProject("x".repeat(64)), Status.Code.INVALID_ARGUMENT, "name: ", "63");
    assertRefused(
        () -> stubs.projects().create(CreateProjectRequest.getDefaultInstance()),
        Status.Code.INVALID_ARGUMENT,
        "community_id: must be set");
  }
}
