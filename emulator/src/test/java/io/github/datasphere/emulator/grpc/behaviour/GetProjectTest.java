package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.emulator.tokens.TokenRules;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Rpc("ProjectService/Get")
class GetProjectTest extends ProjectsTest {
  @Test
  @Evidence(value = CLIENT, at = "3.15", says = "tells the community, which the job's link needs")
  void tellsTheCommunity() {
    var project = createdProject("train");

    assertThat(getProject(project.getId()).getCommunityId()).isEqualTo(COMMUNITY);
    assertThat(getProject(project.getId()).getId()).isEqualTo(project.getId());
  }

  @Test
  @Evidence(value = CHOICE, at = "10.31", says = "knows every project, made or not")
  void knowsEveryProject() {
    assertThat(getProject(PROJECT).getId()).isEqualTo(PROJECT);
    assertThat(getProject(PROJECT).getCommunityId()).isNotEmpty();
  }

  @Test
  @Evidence(value = CHOICE, at = "10.31", says = "an unknown project is not found in strict mode")
  void strictModeKnowsOnlyWhatWasMade(@TempDir Path other) throws Exception {
    use(new GrpcWorld(other, CreateTest.strict(), TokenRules.OPEN, List.of()));

    assertRefused(() -> getProject(PROJECT), Status.Code.NOT_FOUND, "Project not found");
  }

  @Test
  @Evidence(value = DOCS, at = "7.1", says = "an id has at most 50 characters")
  void idsAreLimited() {
    assertThat(getProject("x".repeat(50)).getId()).hasSize(50);
    assertRefused(
        () -> getProject("x".repeat(51)), Status.Code.INVALID_ARGUMENT, "project_id: ", "50");
  }
}
