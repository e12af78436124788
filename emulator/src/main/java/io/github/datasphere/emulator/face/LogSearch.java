package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.engine.LogReceiver;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.logs.Needle;
import io.github.datasphere.emulator.saved.ShownLogs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Searches a part of a log, or of the logs of all jobs, as a request asks. */
final class LogSearch {
  /** What a request may say. */
  static final List<String> QUERY = List.of("text", "regex", "matchCase", "source", "limit");

  private static final int MOST_HITS = 1000;

  /** How much one answer searches: about a tenth of a second. */
  private static final long MOST_BYTES = 48L << 20;

  /** How many lines of one job are told where all are searched: its own log has the others. */
  private static final int MOST_OF_A_JOB = 3;

  /** How many jobs one answer searches, most of which may have printed nothing. */
  private static final int MOST_JOBS = 2000;

  /** How often one answer looks at a character; with half of that the next one goes on. */
  private static final long MOST_LOOKS = 200_000_000;

  /** And how often at those of one record: a hundred times at each of the largest. */
  private static final int MOST_LOOKS_AT_A_RECORD = 50_000_000;

  private static final int BATCH = 200;
  private static final int PAGE_BYTES = 1 << 20;

  /**
   * How many bytes are passed, for certain that they do not match, in the time that one is read.
   */
  private static final int CHEAPER = 4;

  private static final int MOST_OF_A_LINE = 500;
  private static final int BEFORE_A_MATCH = 100;

  private final Pattern pattern;
  private final Needle needle;
  private final Optional<String> source;
  private final int limit;
  private final List<Object> hits = new ArrayList<>();
  private long searched;
  private long looks;

  LogSearch(Request request) {
    var text = request
        .text("text")
        .orElseThrow(() -> Rejected.invalid("text", "must be set").asException());
    this.pattern = pattern(text, request.flag("regex"), request.flag("matchCase"));
    this.needle = request.flag("regex") ? Needle.ofRegex(text) : Needle.of(text);
    this.source = request.text("source");
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

  /** Searches the log of one job from a record on. */
  Map<String, Object> inOne(ShownLogs logs, JobId job, long offset) {
    long end = logs.end(job);
    long next = search(logs, job, offset, end, limit, Map.of());
    return FaceJson.object("hits", hits, "nextOffset", next, "done", next >= end);
  }

  /** Searches the logs of all jobs, newest first, from the place on that an answer before told. */
  Map<String, Object> inAll(ShownLogs logs, String from) {
    var place = from.split("-", 2);
    long before = number(place[0], Long.MAX_VALUE);
    long offset = place.length < 2 ? 0 : number(place[1], 0);
    for (int jobs = 0; jobs < MOST_JOBS; ) {
      var batch = logs.jobs(before, BATCH);
      for (var job : batch) {
        long end = logs.end(job.id());
        int most = Math.min(limit, hits.size() + MOST_OF_A_JOB);
        long next = search(logs, job.id(), offset, end, most, of(job));
        if (next < end && hits.size() < most) {
          return goingOn(job.seq() + 1 + "-" + next);
        }
        before = job.seq();
        offset = 0;
        jobs++;
        if (hits.size() >= limit || isMuch() || jobs == MOST_JOBS) {
          return goingOn(Long.toString(before));
        }
      }
      if (batch.size() < BATCH) {
        break;
      }
    }
    return FaceJson.object("hits", hits, "done", true);
  }

  private boolean isMuch() {
    return searched >= MOST_BYTES || looks >= MOST_LOOKS / 2;
  }

  private Map<String, Object> goingOn(String token) {
    return FaceJson.object("hits", hits, "nextPageToken", token);
  }

  /** Returns what each line that is found in the log of a job tells of it. */
  private static Map<String, Object> of(ShownLogs.Shown job) {
    return FaceJson.object("jobId", job.id().value(), "jobName", job.name());
  }

  private static long number(String text, long otherwise) {
    try {
      return text.isEmpty() ? otherwise : Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw Rejected.invalid("page_token", "must be one of an answer before").asException();
    }
  }

  /** Returns where a search goes on that has found so many lines, or has read enough. */
  private long search(
      ShownLogs logs, JobId job, long offset, long end, int most, Map<String, Object> of) {
    if (offset >= end) {
      return offset;
    }
    var reader = logs.from(job, offset);
    var records = new Records(offset, most, of);
    while (records.next < end && !isMuch() && !records.isEnough()) {
      searched += reader.skip(needle, (MOST_BYTES - searched) * CHEAPER) / CHEAPER;
      records.next = reader.position();
      if (records.next < end) {
        reader.read(PAGE_BYTES, records);
      }
    }
    return records.next;
  }

  /** Looks into records as they are read. */
  private final class Records implements LogReceiver {
    private final int most;
    private final Map<String, Object> of;
    private long next;

    Records(long offset, int most, Map<String, Object> of) {
      this.next = offset;
      this.most = most;
      this.of = of;
    }

    boolean isEnough() {
      return hits.size() >= most;
    }

    @Override
    public void stdout(Instant createdAt, byte[] content) {
      look(Pieces.STDOUT, createdAt, content);
    }

    @Override
    public void stderr(Instant createdAt, byte[] content) {
      look(Pieces.STDERR, createdAt, content);
    }

    @Override
    public void file(String path, Instant createdAt, byte[] content) {
      look(Pieces.name(path), createdAt, content);
    }

    private void look(String name, Instant createdAt, byte[] content) {
      if (isEnough()) {
        return;
      }
      searched += content.length;
      if (needle.mayBeIn(content) && (source.isEmpty() || source.get().equals(name))) {
        match(name, createdAt, new String(content, UTF_8));
      }
      next++;
    }

    private void match(String name, Instant createdAt, String text) {
      var matcher = pattern.matcher(new Measured(text));
      int line = 0;
      int counted = 0;
      int from = 0;
      while (from <= text.length() && isThere(matcher, from)) {
        for (int i = counted; i < matcher.start(); i++) {
          if (text.charAt(i) == '\n') {
            line++;
          }
        }
        counted = matcher.start();
        int start = text.lastIndexOf('\n', matcher.start() - 1) + 1;
        int stop = text.indexOf('\n', matcher.start());
        stop = stop < 0 ? text.length() : stop;
        hits.add(hit(name, createdAt, line, clipped(text, start, stop, matcher.start())));
        // One hit a line
        from = stop + 1;
      }
    }

    private Map<String, Object> hit(String name, Instant createdAt, int line, String text) {
      var hit = FaceJson.object(
          "offset",
          next,
          "line",
          line,
          "at",
          FaceJson.time(createdAt),
          "source",
          name,
          "text",
          text);
      hit.putAll(of);
      return hit;
    }
  }

  private static boolean isThere(Matcher matcher, int from) {
    try {
      return matcher.find(from);
    } catch (StackOverflowError e) {
      throw Rejected.invalid(
              "text", "goes too deep for these lines: repeat characters rather than groups")
          .asException();
    }
  }

  /** A text that ends a search that looks at it again and again. */
  private final class Measured implements CharSequence {
    private final String text;
    private int looksHere;

    Measured(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++looksHere > MOST_LOOKS_AT_A_RECORD || ++looks > MOST_LOOKS) {
        throw Rejected.invalid(
                "text", "takes too long: a repetition in a repetition looks at lines for ever")
            .asException();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static String clipped(String text, int start, int stop, int match) {
    int from = stop - start <= MOST_OF_A_LINE ? start : Math.max(start, match - BEFORE_A_MATCH);
    return text.substring(from, Math.min(stop, from + MOST_OF_A_LINE));
  }
}
