package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.engine.LogReceiver;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.saved.ShownLogs;
import io.github.datasphere.proto.emulator.LogHit;
import io.github.datasphere.proto.emulator.LogHits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Searches a part of a log. */
final class LogSearch {
  private static final int MOST_HITS = 1000;

  /** How much one answer searches: about a tenth of a second. */
  private static final long MOST_BYTES = 48L << 20;

  private static final int PAGE_BYTES = 2 << 20;
  private static final int MOST_OF_A_LINE = 500;
  private static final int BEFORE_A_MATCH = 100;

  private final JobId job;
  private final Pattern pattern;
  private final Optional<String> source;
  private final long offset;
  private final int limit;
  private final LogHits.Builder hits = LogHits.newBuilder();

  LogSearch(Request request) {
    request.allowOnly(Set.of("text", "regex", "matchCase", "source", "offset", "limit"));
    this.job = request.job();
    var text = request
        .text("text")
        .orElseThrow(() -> Rejected.invalid("text", "must be set").asException());
    this.pattern = pattern(text, request.flag("regex"), request.flag("matchCase"));
    this.source = request.text("source");
    this.offset = request.number("offset", 0, 0, Long.MAX_VALUE);
    this.limit = (int) request.number("limit", 200, 1, MOST_HITS);
  }

  private static Pattern pattern(String text, boolean regex, boolean matchCase) {
    int flags = matchCase ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    try {
      return Pattern.compile(regex ? text : Pattern.quote(text), flags | Pattern.MULTILINE);
    } catch (PatternSyntaxException e) {
      throw Rejected.invalid("text", "is no regular expression: " + e.getDescription())
          .asException();
    }
  }

  LogHits in(ShownLogs logs) {
    var reader = logs.from(job, offset);
    long end = logs.end(job);
    long searched = 0;
    while (reader.position() < end && searched < MOST_BYTES) {
      var pieces = new RawPieces(reader.position());
      reader.read(PAGE_BYTES, pieces);
      for (var piece : pieces.all()) {
        searched += piece.content().length;
        if (source.map(piece.source()::equals).orElse(true)) {
          search(piece);
        }
        if (hits.getHitsCount() >= limit) {
          return hits.setNextOffset(piece.offset() + 1)
              .setDone(piece.offset() + 1 >= end)
              .build();
        }
      }
    }
    return hits.setNextOffset(reader.position())
        .setDone(reader.position() >= end)
        .build();
  }

  private void search(RawPieces.Piece piece) {
    var text = new String(piece.content(), UTF_8);
    var matcher = pattern.matcher(text);
    int line = 0;
    int counted = 0;
    int from = 0;
    while (from <= text.length() && matcher.find(from)) {
      for (int i = counted; i < matcher.start(); i++) {
        if (text.charAt(i) == '\n') {
          line++;
        }
      }
      counted = matcher.start();
      int start = text.lastIndexOf('\n', matcher.start() - 1) + 1;
      int stop = text.indexOf('\n', matcher.start());
      stop = stop < 0 ? text.length() : stop;
      hits.addHits(hit(piece, line, clipped(text, start, stop, matcher.start())));
      // One hit a line
      from = stop + 1;
    }
  }

  private static LogHit hit(RawPieces.Piece piece, int line, String text) {
    return LogHit.newBuilder()
        .setOffset(piece.offset())
        .setLine(line)
        .setAt(com.google.protobuf.util.Timestamps.fromMillis(piece.at().toEpochMilli()))
        .setSource(piece.source())
        .setText(text)
        .build();
  }

  private static String clipped(String text, int start, int stop, int match) {
    int from = stop - start <= MOST_OF_A_LINE ? start : Math.max(start, match - BEFORE_A_MATCH);
    return text.substring(from, Math.min(stop, from + MOST_OF_A_LINE));
  }

  /** Collects records of a log as bytes. */
  private static final class RawPieces implements LogReceiver {
    private final List<Piece> all = new ArrayList<>();
    private long next;

    RawPieces(long offset) {
      this.next = offset;
    }

    /** A record. */
    @SuppressWarnings("ArrayRecordComponent") // compared by no one
    record Piece(long offset, String source, Instant at, byte[] content) {}

    List<Piece> all() {
      return all;
    }

    @Override
    public void stdout(Instant createdAt, byte[] content) {
      all.add(new Piece(next++, Pieces.STDOUT, createdAt, content));
    }

    @Override
    public void stderr(Instant createdAt, byte[] content) {
      all.add(new Piece(next++, Pieces.STDERR, createdAt, content));
    }

    @Override
    public void file(String path, Instant createdAt, byte[] content) {
      all.add(new Piece(next++, Pieces.name(path), createdAt, content));
    }
  }
}
