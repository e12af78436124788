package io.github.datasphere.emulator.grpc;

import io.github.datasphere.emulator.grpc.mapping.ControlMapping;
import io.github.datasphere.emulator.testing.Journal;
import io.github.datasphere.emulator.testing.RecordedCall;
import io.github.datasphere.proto.emulator.ListExchangesRequest;
import io.github.datasphere.proto.emulator.ListExchangesResponse;

/** Pages of ListExchanges. */
final class ExchangeListing {
  /**
   * Clients refuse more than 4 MiB (service-behaviour 1.4); a quarter is left for one call more.
   */
  private static final int PAGE_BYTES = 3 << 20;

  private static final int BATCH = 500;

  private final Journal journal;
  private final String method;
  private final PageToken token;
  private final int size;
  private final ListExchangesResponse.Builder page = ListExchangesResponse.newBuilder();
  private int bytes;
  private long last;

  private ExchangeListing(Journal journal, ListExchangesRequest request) {
    this.journal = journal;
    this.method = request.getMethod();
    this.token = new PageToken("exchanges " + method);
    this.size = request.getPageSize() == 0
        ? Integer.MAX_VALUE
        : RequestFields.pageSize(request.getPageSize());
    this.last = Long.parseLong(token.decode(request.getPageToken(), "0"));
  }

  static ListExchangesResponse page(Journal journal, ListExchangesRequest request) {
    if (!request.getMethod().isEmpty()) {
      Journal.checkedName(request.getMethod());
    }
    return new ExchangeListing(journal, request).read();
  }

  /**
   * Reads a page. It ends when it has as many calls as wanted, when it gets too large, or after the
   * last call.
   */
  private ListExchangesResponse read() {
    while (true) {
      var batch = journal.after(last, BATCH);
      for (var exchange : batch) {
        if (isWanted(exchange) && !add(exchange)) {
          return page.setNextPageToken(token.encode(Long.toString(last))).build();
        }
        last = exchange.number();
      }
      if (batch.size() < BATCH) {
        return page.build();
      }
    }
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
