package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.engine.LogReading;
import io.github.datasphere.emulator.saved.ShownLogs;
import io.github.datasphere.emulator.session.SessionJson;
import java.io.IOException;
import java.util.Set;

/** Sends the log of a job on while it grows. */
final class LogEvents {
  private static final int MESSAGE_BYTES = 256 << 10;

  private final ShownLogs logs;
  private final EventStreams streams;

  LogEvents(ShownLogs logs, EventStreams streams) {
    this.streams = streams;
    this.logs = logs;
  }

  void answer(Request request) throws IOException {
    request.allowOnly(Set.of("offset"));
    var world = logs.world();
    var job = request.job();
    long end = logs.end(job);
    long offset = seen(request, request.number("offset", 0, -Long.MAX_VALUE, Long.MAX_VALUE));
    var log = logs.from(job, offset < 0 ? Math.max(0, end + offset) : offset);
    try (var stream = streams.open(request.exchange())) {
      send(stream, log, world);
    }
  }

  private void send(EventStream stream, LogReading log, Object world) throws IOException {
    while (world == logs.world()) {
      var pieces = new Pieces(log.position());
      var ended = log.read(MESSAGE_BYTES, pieces);
      var place = Long.toString(log.position());
      if (!pieces.isEmpty()) {
        var chunk = pieces.chunk(log.position(), log.position(), ended);
        stream.send("records", place, SessionJson.write(chunk));
      }
      if (ended) {
        break;
      }
      if (pieces.isEmpty()) {
        var waiting = log.whenReadable(stream::wake);
        try {
          stream.await();
        } finally {
          waiting.cancel();
        }
      }
    }
    stream.send("end", Long.toString(log.position()), "{}");
  }

  /** Returns where a browser that lost its connection goes on. */
  private static long seen(Request request, long otherwise) {
    var last = request.exchange().getRequestHeaders().getFirst("Last-Event-ID");
    try {
      return last == null ? otherwise : Math.max(0, Long.parseLong(last));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
