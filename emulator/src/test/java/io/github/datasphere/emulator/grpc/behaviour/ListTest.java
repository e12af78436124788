package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.ListProjectJobRequest;
import io.github.datasphere.proto.jobs.ListProjectJobResponse;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@Rpc("ProjectJobService/List")
class ListTest extends BehaviourTest {
  private static final int MESSAGE_LIMIT = 4 << 20;

  @Test
  @Evidence(value = CHOICE, at = "10.16", says = "newest job first")
  void newestFirst() {
    var ids = jobs(3);
    Collections.reverse(ids);

    assertThat(ids(list(request()))).isEqualTo(ids);
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "6.10",
      says = "pages follow each other without gap or repeat, and the last has no token")
  void pagesFollowEachOther() {
    var ids = jobs(7);
    Collections.reverse(ids);
    var seen = new ArrayList<String>();
    var sizes = new ArrayList<Integer>();
    var token = "";
    do {
      var page = list(request().setPageSize(3).setPageToken(token));
      seen.addAll(ids(page));
      sizes.add(page.getJobsCount());
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(seen).isEqualTo(ids);
    assertThat(sizes).containsExactly(3, 3, 1);
  }

  @Test
  @Evidence(value = CLIENT, at = "6.10", says = "a page that holds all is the last one")
  void exactPageIsTheLast() {
    jobs(3);

    assertThat(list(request().setPageSize(3)).getNextPageToken()).isEmpty();
  }

  @Test
  @Evidence(value = CHOICE, at = "10.16", says = "50 jobs a page if the client does not say")
  void fiftyByDefault() {
    jobs(51);
    var page = list(request());

    assertThat(page.getJobsCount()).isEqualTo(50);
    assertThat(list(request().setPageToken(page.getNextPageToken())).getJobsCount())
        .isEqualTo(1);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.16", says = "jobs that come between two pages are no trouble")
  void newJobsDoNotDisturbPages() {
    var ids = jobs(4);
    var first = list(request().setPageSize(2));
    jobs(3);
    var second = list(request().setPageSize(2).setPageToken(first.getNextPageToken()));

    assertThat(ids(first)).containsExactly(ids.get(3), ids.get(2));
    assertThat(ids(second)).containsExactly(ids.get(1), ids.get(0));
  }

  @Test
  @Evidence(
      value = CLIENT,
      at = "1.4",
      says = "a page stays below the 4 MiB that clients accept, however large its jobs")
  void pageStaysBelowTheLimitOfClients() {
    var large = "#" + "x".repeat(1 << 20);
    for (int i = 0; i < 9; i++) {
      stubs.jobs().create(request(parameters()).setConfig(large).build());
    }
    int count = 0;
    var token = "";
    do {
      var page = list(request().setPageToken(token));
      assertThat(page.getSerializedSize()).isLessThan(MESSAGE_LIMIT);
      count += page.getJobsCount();
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(count).isEqualTo(9);
  }

  @Test
  @Evidence(value = DOCS, at = "6.10", says = "filters by \"status IN (...)\"")
  void filtersByStatus() {
    var running = executing();
    ended(0);
    var failed = ended(1);
    create();

    assertThat(ids(list(request().setFilter("status IN (EXECUTING, ERROR)"))))
        .containsExactly(failed, running);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.17", says = "a bad filter is refused with its position")
  void badFilterIsRefused() {
    assertRefused(
        () -> list(request().setFilter("name IN (x)")),
        Status.Code.INVALID_ARGUMENT,
        "filter: ",
        "position 1");
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.17",
      says = "a token is good for its own project and filter only")
  void tokenIsBoundToItsList() {
    jobs(3);
    var token = list(request().setPageSize(1)).getNextPageToken();

    for (var other : List.of(
        request().setPageToken(token).setFilter("status IN (CREATING)"),
        request().setPageToken(token).setProjectId("bt1other"),
        request().setPageToken(token + "A"),
        request().setPageToken("garbage"),
        request().setPageToken("%"))) {
      assertRefused(() -> list(other), Status.Code.INVALID_ARGUMENT, "page_token: ");
    }
  }

  @Test
  @Evidence(value = DOCS, at = "6.10", says = "shows jobs of the project alone")
  void showsTheProjectAlone() {
    jobs(1);

    assertThat(list(request().setProjectId("bt1other")).getJobsList()).isEmpty();
  }

  private List<String> jobs(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(i -> create()).toList());
  }

  private static ListProjectJobRequest.Builder request() {
    return ListProjectJobRequest.newBuilder().setProjectId(PROJECT);
  }

  private ListProjectJobResponse list(ListProjectJobRequest.Builder request) {
    return stubs.jobs().list(request.build());
  }

  private static List<String> ids(ListProjectJobResponse page) {
    return page.getJobsList().stream().map(Job::getId).toList();
  }
}
