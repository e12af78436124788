package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.proto.datasphere.ListProjectsRequest;
import io.github.datasphere.proto.datasphere.Project;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

@Rpc("ProjectService/List")
class ListProjectsTest extends ProjectsTest {
  @Test
  @Evidence(value = CLIENT, at = "7.1", says = "pages follow each other without gap or repeat")
  void pagesFollowEachOther() {
    var made = new HashSet<String>();
    for (int i = 0; i < 7; i++) {
      made.add(createdProject("p" + i).getId());
    }
    var seen = new ArrayList<String>();
    var token = "";
    do {
      var page = list(request().setPageSize(3).setPageToken(token));
      page.getProjectsList().forEach(project -> seen.add(project.getId()));
      token = page.getNextPageToken();
      // As the protos limit it
      assertThat(token).hasSizeLessThanOrEqualTo(100);
    } while (!token.isEmpty());

    assertThat(seen).hasSize(7).containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  @Evidence(value = DOCS, at = "7.1", says = "shows projects of the community alone")
  void showsTheCommunityAlone() {
    createdProject("train");
    create();

    assertThat(list(request()).getProjectsList())
        .extracting(Project::getName)
        .containsExactly("train");
  }

  @Test
  @Evidence(value = CHOICE, at = "10.31", says = "shows what Get has shown, though nobody made it")
  void showsWhatGetHasShown() {
    var shown = getProject(PROJECT);

    var page =
        stubs.projects().list(request().setCommunityId(shown.getCommunityId()).build());
    assertThat(page.getProjectsList()).containsExactly(shown);
    assertThat(getProject(PROJECT)).isEqualTo(shown);
  }

  @Test
  @Evidence(value = CHOICE, at = "7.1", says = "filters by a part of the name and by owner")
  void filtersByNameAndOwner() {
    var owner = createdProject("Train").getCreatedById();
    createdProject("test");

    assertThat(list(request().setProjectNamePattern("rai")).getProjectsList())
        .extracting(Project::getName)
        .containsExactly("Train");
    assertThat(list(request().setOwnedById(owner)).getProjectsCount()).isEqualTo(2);
    assertThat(list(request().setOwnedById("somebody")).getProjectsCount()).isZero();
  }

  @Test
  @Evidence(value = DOCS, at = "7.1", says = "page_size is 0 to 1000, the community is required")
  void requestIsChecked() {
    for (long size : new long[] {-1, 1_001, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertRefused(
          () -> list(request().setPageSize(size)), Status.Code.INVALID_ARGUMENT, "page_size: ");
    }
    assertRefused(
        () -> stubs.projects().list(request().build()),
        Status.Code.INVALID_ARGUMENT,
        "community_id: must be set");
    assertRefused(
        () -> list(request().setPageToken("garbage")),
        Status.Code.INVALID_ARGUMENT,
        "page_token: ");
  }

  private static ListProjectsRequest.Builder request() {
    return ListProjectsRequest.newBuilder();
  }
}
