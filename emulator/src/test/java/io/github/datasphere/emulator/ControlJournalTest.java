package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.proto.emulator.Exchange;
import io.github.datasphere.proto.emulator.ListExchangesRequest;
import io.github.datasphere.proto.emulator.ListExchangesResponse;
import io.github.datasphere.proto.jobs.JobParameters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The journal as tests in other languages read it. */
class ControlJournalTest extends ControlledEmulator {
  @Test
  void callsComeInPagesOfTheSizeAskedFor() {
    for (int i = 0; i < 5; i++) {
      client.create("job " + i);
    }
    var pages = pages(
        ListExchangesRequest.newBuilder().setMethod("Create").setPageSize(2).build());
    assertThat(pages).extracting(ListExchangesResponse::getExchangesCount).containsExactly(2, 2, 1);
    assertThat(calls(pages))
        .extracting(Exchange::getNumber)
        .doesNotHaveDuplicates()
        .isSorted();
  }

  @Test
  void manyLargeCallsComeInSeveralAnswersThatClientsTake() {
    for (int i = 0; i < 6; i++) {
      client.create(JobParameters.newBuilder().setCmd("echo " + "y".repeat(900_000)), "large");
    }
    var pages = pages(ListExchangesRequest.newBuilder().setMethod("Create").build());
    assertThat(pages).hasSizeGreaterThan(1).allMatch(page -> page.getSerializedSize() < 4 << 20);
    assertThat(calls(pages)).hasSize(6);
  }

  @Test
  void foreignPageTokenIsRefusedByName() {
    assertThatThrownBy(() -> control.listExchanges(
            ListExchangesRequest.newBuilder().setPageToken("nonsense").build()))
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("page_token");
  }

  private List<ListExchangesResponse> pages(ListExchangesRequest request) {
    var pages = new ArrayList<ListExchangesResponse>();
    pages.add(control.listExchanges(request));
    while (!pages.get(pages.size() - 1).getNextPageToken().isEmpty()) {
      var token = pages.get(pages.size() - 1).getNextPageToken();
      pages.add(control.listExchanges(request.toBuilder().setPageToken(token).build()));
    }
    return pages;
  }

  private static List<Exchange> calls(List<ListExchangesResponse> pages) {
    return pages.stream().flatMap(page -> page.getExchangesList().stream()).toList();
  }
}
