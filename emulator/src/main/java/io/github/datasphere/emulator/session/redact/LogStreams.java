package io.github.datasphere.emulator.session.redact;

import com.google.protobuf.ByteString;
import io.github.datasphere.emulator.session.redact.Needles.Match;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes secrets out of logs, which come in pieces: one that is cut into two pieces is found, too.
 * Looks at all pieces first, then knows what stands for each.
 */
final class LogStreams {
  private static final String PACKED = "***packed***";

  private final Needles needles;
  private final Map<String, Stream> streams = new HashMap<>();
  private final Map<Piece, ByteString> changed = new HashMap<>();

  LogStreams(Needles needles) {
    this.needles = needles;
  }

  /** A piece of a log: the number of its event, and its place in there. */
  record Piece(long event, int place) {}

  /** @param stream names the log to which the piece belongs */
  void look(String stream, Piece piece, ByteString content) {
    streams.computeIfAbsent(stream, unused -> new Stream()).add(piece, content.toByteArray());
  }

  /** Ends all logs: nothing more will come. */
  void end() {
    streams.values().forEach(stream -> stream.settle(true));
    streams.clear();
  }

  /** Returns what stands for this piece; empty if it stays as it is. */
  Optional<ByteString> changed(Piece piece) {
    return Optional.ofNullable(changed.get(piece));
  }

  private final class Stream {
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean packed;

    void add(Piece piece, byte[] content) {
      packed |= Packed.begins(content);
      if (packed) {
        settle(true);
        changed.put(piece, ByteString.copyFromUtf8(PACKED));
        return;
      }
      waiting.add(new Waiting(piece, content));
      settle(false);
    }

    /** Decides about the pieces into which nothing that comes can reach. */
    void settle(boolean all) {
      int length = waiting.stream().mapToInt(one -> one.content.length).sum();
      var text = new byte[length];
      int at = 0;
      for (var one : waiting) {
        System.arraycopy(one.content, 0, text, at, one.content.length);
        at += one.content.length;
      }
      var matches = needles.find(text, length);
      int from = matches.isEmpty() ? 0 : matches.get(matches.size() - 1).end();
      int settled = all ? length : needles.cutAt(text, from, length);
      decide(text, matches, settled);
    }

    private void decide(byte[] text, List<Match> matches, int settled) {
      int start = 0;
      while (!waiting.isEmpty() && start + waiting.getFirst().content.length <= settled) {
        var one = waiting.removeFirst();
        int end = start + one.content.length;
        int from = start;
        var within = matches.stream()
            .filter(match -> match.start() < end && match.end() > from)
            .toList();
        if (within.stream().anyMatch(match -> match.end() > end)) {
          // Its rest is in the next piece: both are decided together
          carryOver(text, matches, start, one);
          return;
        }
        if (!within.isEmpty()) {
          changed.put(one.piece, replaced(text, within, start, end));
        }
        start = end;
      }
    }

    /** Decides about pieces that share a secret: each gets its part of what replaces it. */
    private void carryOver(byte[] text, List<Match> matches, int start, Waiting first) {
      waiting.addFirst(first);
      int at = start;
      while (!waiting.isEmpty()) {
        var one = waiting.removeFirst();
        int begin = at;
        int end = at + one.content.length;
        var within = matches.stream()
            .filter(match -> match.start() < end && match.end() > begin)
            .toList();
        if (!within.isEmpty()) {
          changed.put(one.piece, replaced(text, within, begin, end));
        }
        at = end;
        if (within.stream().noneMatch(match -> match.end() > end)) {
          break;
        }
      }
      if (!waiting.isEmpty()) {
        settle(false);
      }
    }

    private ByteString replaced(byte[] text, List<Match> within, int start, int end) {
      var out = ByteString.newOutput();
      int at = start;
      for (var match : within) {
        if (match.start() > at) {
          out.write(text, at, match.start() - at);
        }
        var part = partOf(match, start, end);
        out.write(part, 0, part.length);
        at = Math.min(match.end(), end);
      }
      out.write(text, at, end - at);
      return out.toByteString();
    }
  }

  /** What of the replacement belongs between these two places; bytes of another length go first. */
  private static byte[] partOf(Match match, int start, int end) {
    var whole = match.needle().replacement();
    if (whole.length != match.end() - match.start()) {
      return match.start() >= start ? whole : new byte[0];
    }
    int from = Math.max(start, match.start()) - match.start();
    int to = Math.min(end, match.end()) - match.start();
    return Arrays.copyOfRange(whole, from, to);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Waiting(Piece piece, byte[] content) {}
}
