package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.saved.ShownLogs;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The log of a job: in parts from any place, live, searched, and whole. */
final class LogRoutes {
  private static final int USUAL_BYTES = 256 << 10;
  private static final int MOST_BYTES = 4 << 20;

  private final ShownLogs logs;
  private final EventStreams streams;

  LogRoutes(ShownLogs logs, EventStreams streams) {
    this.streams = streams;
    this.logs = logs;
  }

  List<FaceRoute> all() {
    return Stream.concat(read().stream(), searched().stream()).toList();
  }

  private List<FaceRoute> read() {
    var stream = new LogEvents(logs, streams);
    return List.of(
        new FaceRoute(
            "GET",
            new Template("/jobs/{job_id}/log"),
            "Records of a job's log from an offset on: as many as fit in maxBytes, but at least one"
                + " if there is one. A negative offset counts from the end. With before, which is an"
                + " offset or `end`, the records that lead up to there. With time, those from that time"
                + " on; if the clock has gone back, from one of its places.",
            List.of("offset", "before", "time", "maxBytes"),
            null,
            null,
            this::part),
        new FaceRoute(
            "GET",
            new Template("/jobs/{job_id}/log/stream"),
            "Server-sent events with the records from an offset on, as they come: `records` with a"
                + " LogChunk, and `end` when no more will come.",
            List.of("offset"),
            null,
            null,
            stream::answer),
        new FaceRoute(
            "GET",
            new Template("/jobs/{job_id}/log/text"),
            "All of one source as it was written, or of all sources, for the disk.",
            List.of("source"),
            null,
            null,
            this::whole),
        new FaceRoute(
            "GET",
            new Template("/jobs/{job_id}/log.zip"),
            "All sources of a job's log in one archive, a file for each, made while it is sent.",
            List.of(),
            null,
            null,
            new LogArchive(logs)::send));
  }

  private List<FaceRoute> searched() {
    return List.of(
        new FaceRoute(
            "GET",
            new Template("/jobs/{job_id}/log/search"),
            "Lines that contain a text, or match a regular expression, from an offset on. One"
                + " answer searches a part of a large log: go on at nextOffset until done.",
            with(LogSearch.QUERY, "offset"),
            null,
            null,
            this::search),
        new FaceRoute(
            "GET",
            new Template("/log/search"),
            "Lines in the logs of all jobs, newest jobs first, at most three of each. One answer"
                + " searches some of the logs: go on at nextPageToken until done.",
            with(LogSearch.QUERY, "pageToken"),
            null,
            null,
            this::searchAll));
  }

  private static List<String> with(List<String> names, String another) {
    return Stream.concat(names.stream(), Stream.of(another)).toList();
  }

  private void search(Request request) throws IOException {
    request.allowOnly(Set.copyOf(with(LogSearch.QUERY, "offset")));
    long offset = request.number("offset", 0, 0, Long.MAX_VALUE);
    Answers.json(
        request.exchange(), 200, new LogSearch(request).inOne(logs, request.job(), offset));
  }

  private void searchAll(Request request) throws IOException {
    request.allowOnly(Set.copyOf(with(LogSearch.QUERY, "pageToken")));
    Answers.json(
        request.exchange(),
        200,
        new LogSearch(request).inAll(logs, request.text("pageToken").orElse("")));
  }

  private void part(Request request) throws IOException {
    request.allowOnly(Set.of("offset", "before", "time", "maxBytes"));
    long end = logs.end(request.job());
    if (request.text("before").isPresent()) {
      before(request, end);
      return;
    }
    long offset = request.text("time").isPresent()
        ? logs.at(request.job(), time(request.text("time").get()))
        : request.number("offset", 0, -Long.MAX_VALUE, Long.MAX_VALUE);
    int bytes = (int) request.number("maxBytes", USUAL_BYTES, 1, MOST_BYTES);
    long from = offset < 0 ? Math.max(0, end + offset) : offset;
    var reader = logs.from(request.job(), from);
    var pieces = new Pieces(from);
    var ended = reader.read(bytes, pieces);
    Answers.json(
        request.exchange(),
        200,
        pieces.chunk(reader.position(), Math.max(end, reader.position()), ended));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Rejected.invalid("time", "must be a time such as 2026-01-31T12:00:00Z")
          .asException();
    }
  }

  private void before(Request request, long end) throws IOException {
    long stop = request.text("before").get().equals("end")
        ? end
        : Math.min(end, request.number("before", end, 0, Long.MAX_VALUE));
    int bytes = (int) request.number("maxBytes", USUAL_BYTES, 1, MOST_BYTES);
    var pieces =
        upTo(request, stop, Math.max(0, stop - 1), bytes).orElseGet(() -> new Pieces(stop));
    for (long back = 2; stop - back / 2 > 0; back *= 2) {
      var more = upTo(request, stop, Math.max(0, stop - back), bytes);
      if (more.isEmpty()) {
        break;
      }
      pieces = more.get();
    }
    Answers.json(
        request.exchange(),
        200,
        pieces.chunk(stop, end, stop == end && logs.isOver(request.job())));
  }

  /** Returns the records between these two offsets, unless they are too many for an answer. */
  private Optional<Pieces> upTo(Request request, long stop, long from, int bytes) {
    var pieces = new Pieces(from);
    if (from < stop) {
      logs.from(request.job(), from).read(bytes, pieces);
    }
    return pieces.next() >= stop ? Optional.of(pieces.before(stop)) : Optional.empty();
  }

  private void whole(Request request) throws IOException {
    request.allowOnly(Set.of("source"));
    var job = request.job();
    var source = request.text("source");
    // What comes while this is read belongs to the next download
    long end = logs.end(job);
    var name = job + "-" + source.orElse("all") + ".log";
    try (var out =
        Answers.theirs(request.exchange(), "text/plain; charset=utf-8", name, false, 0)) {
      new SourceWriter(one -> source.map(one::equals).orElse(true), out)
          .copy(logs.from(job, 0), end);
    }
  }
}
