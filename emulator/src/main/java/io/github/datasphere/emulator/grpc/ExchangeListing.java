package io.github.datasphere.emulator.grpc;

import io.github.datasphere.emulator.grpc.mapping.ControlMapping;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.testing.Journal;
import io.github.datasphere.emulator.testing.RecordedCall;
import io.github.datasphere.proto.emulator.ListExchangesRequest;
import io.github.datasphere.proto.emulator.ListExchangesResponse;
import java.util.List;

/** Pages of ListExchanges. */
final class ExchangeListing {
  /**
   * Clients refuse more than 4 MiB (service-behaviour 1.4); a quarter is left for one call more.
   */
  private static final int PAGE_BYTES = 3 << 20;

  private static final int BATCH = 500;

  private final Journal journal;
  private final String method;
  private final boolean changesAlone;
  private final PageToken token;
  private final int size;
  private final ListExchangesResponse.Builder page = ListExchangesResponse.newBuilder();
  private int bytes;
  private long last;

  private ExchangeListing(Journal journal, ListExchangesRequest request) {
    this.journal = journal;
    this.method = request.getMethod();
    this.changesAlone = request.getChangedAfter() > 0;
    this.token = new PageToken((changesAlone ? "changes " : "exchanges ") + method);
    this.size = request.getPageSize() == 0
        ? Integer.MAX_VALUE
        : RequestFields.pageSize(request.getPageSize());
    this.last = Long.parseLong(
        token.decode(request.getPageToken(), Long.toString(request.getChangedAfter())));
    page.setRevision(journal.revision());
  }

  static ListExchangesResponse page(Journal journal, ListExchangesRequest request) {
    if (!request.getMethod().isEmpty()) {
      Journal.checkedName(request.getMethod());
    }
    if (request.getChangedAfter() < 0) {
      throw Rejected.invalid("changed_after", "must not be negative").asException();
    }
    if (request.getNumber() != 0) {
      return one(journal, request.getNumber());
    }
    return new ExchangeListing(journal, request).read();
  }

  private static ListExchangesResponse one(Journal journal, long number) {
    var call = journal
        .call(number)
        .orElseThrow(() -> Rejected.notFound("There is no call " + number
                + ": it was not made in this world, or was dropped to make room for later ones")
            .asException());
    return ListExchangesResponse.newBuilder()
        .setRevision(journal.revision())
        .addExchanges(ControlMapping.withMessages(call))
        .build();
  }

  /**
   * Reads a page. It ends when it has as many calls as wanted, when it gets too large, or after the
   * last call.
   */
  private ListExchangesResponse read() {
    while (true) {
      var batch = batch();
      for (var change : batch) {
        if (isWanted(change.call()) && !add(change.call())) {
          return page.setNextPageToken(token.encode(Long.toString(last))).build();
        }
        last = change.revision();
      }
      if (batch.size() < BATCH) {
        return page.build();
      }
    }
  }

  /** Returns what comes next, each with its place in the order. */
  private List<Journal.Change> batch() {
    return changesAlone
        ? journal.changedAfter(last, BATCH)
        : journal.after(last, BATCH).stream()
            .map(call -> new Journal.Change(call.number(), call))
            .toList();
  }

  private boolean isWanted(RecordedCall exchange) {
    return method.isEmpty() || exchange.method().equals(method);
  }

  private boolean add(RecordedCall exchange) {
    if (page.getExchangesCount() == size) {
      return false;
    }
    var proto = ControlMapping.toProto(exchange);
    int more = proto.getSerializedSize();
    if (page.getExchangesCount() > 0 && bytes + more > PAGE_BYTES) {
      return false;
    }
    bytes += more;
    page.addExchanges(proto);
    return true;
  }
}
