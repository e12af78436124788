package io.github.datasphere.emulator.check;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.SessionCall;
import io.github.datasphere.emulator.session.match.Bindings;
import io.github.datasphere.emulator.session.match.Difference;
import io.github.datasphere.emulator.session.match.MessageComparison;
import io.github.datasphere.emulator.session.match.Volatile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds which fields vary by themselves, from two recordings of the same session. What is declared
 * in {@code volatile.txt} already is not told again; ids and times always vary.
 */
public final class Proposals {
  private static final Duration ANY_TIME = Duration.ofDays(36_500);
  private static final String ABSENT = "(absent)";

  private final Recording one;
  private final Recording other;
  private final Volatile rules = Volatile.declared().within(ANY_TIME);
  private final MessageComparison comparison;
  private final Bindings ids = new Bindings();
  private final Map<String, Difference> fields = new LinkedHashMap<>();
  private final List<String> others = new ArrayList<>();
  private int compared;

  /**
   * What was found.
   *
   * @param compared how many pairs of calls
   * @param fields lines for {@code volatile.txt}, each with an example
   * @param others what differs and is no field: such sessions are not the same
   */
  public record Found(int compared, Map<String, Difference> fields, List<String> others) {}

  private Proposals(Recording one, Recording other) {
    this.one = one;
    this.other = other;
    this.comparison = new MessageComparison(
        one.api(), rules, new MessageComparison.Starts(begin(one), begin(other)));
  }

  /** Compares two recordings of one session. */
  public static Found of(Recording one, Recording other) {
    return new Proposals(one, other).find();
  }

  private static Instant begin(Recording recording) {
    return recording.header().recordedAt();
  }

  private Found find() {
    var before = inGroups(one);
    var after = inGroups(other);
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (var name : names) {
      int then = before.getOrDefault(name, List.of()).size();
      int now = after.getOrDefault(name, List.of()).size();
      if (then != now) {
        others.add(
            name + ": " + then + " different calls in one recording, " + now + " in the other");
      }
    }
    before.forEach((name, calls) -> {
      var partners = after.getOrDefault(name, List.of());
      for (int i = 0; i < Math.min(calls.size(), partners.size()); i++) {
        compare(calls.get(i), partners.get(i));
      }
    });
    return new Found(compared, fields, others);
  }

  /**
   * Returns the calls by their names. Of one that only reads, and that was made again and again
   * with one request, the last counts: how often is asked, and how far a job is by then, always
   * varies.
   */
  private static Map<String, List<SessionCall>> inGroups(Recording recording) {
    var last = new LinkedHashMap<Object, SessionCall>();
    for (var call : recording.calls()) {
      boolean isRead = call.call().map(known -> known.isRead()).orElse(false);
      last.put(isRead && call.request().isPresent() ? call.request().get() : call, call);
    }
    return last.values().stream()
        .collect(
            Collectors.groupingBy(SessionCall::shortName, LinkedHashMap::new, Collectors.toList()));
  }

  private void compare(SessionCall then, SessionCall now) {
    compared++;
    if (then.request().isPresent() && now.request().isPresent()) {
      compare(
          then, "request", List.of(then.request().get()), List.of(now.request().get()));
    }
    compare(then, contentName(then), contents(one, then), contents(other, now));
    if (then.ended().isEmpty() || now.ended().isEmpty()) {
      return;
    }
    var end = then.ended().get();
    var otherEnd = now.ended().get();
    if (!end.code().equals(otherEnd.code())) {
      others.add(then.shortName() + " ends with " + end.code() + " in one recording, with "
          + otherEnd.code() + " in the other");
    }
    var names = new TreeSet<>(end.metadata().keySet());
    names.addAll(otherEnd.metadata().keySet());
    for (var name : names) {
      var before = String.join(", ", end.metadata().getOrDefault(name, List.of(ABSENT)));
      var after = String.join(", ", otherEnd.metadata().getOrDefault(name, List.of(ABSENT)));
      if (!before.equals(after)
          && !rules.isMetadata(Volatile.Kind.ANY, name)
          && !rules.isMetadata(Volatile.Kind.IGNORED, name)) {
        var difference = new Difference(then.shortName() + " trailers." + name, before, after);
        fields.putIfAbsent("metadata " + name + ' ' + kind(difference), difference);
      }
    }
  }

  private void compare(SessionCall call, String name, List<Message> then, List<Message> now) {
    if (then.size() != now.size()) {
      others.add(call.shortName() + ' ' + name + ": " + then.size() + " in one recording, "
          + now.size() + " in the other");
    }
    for (int i = 0; i < Math.min(then.size(), now.size()); i++) {
      comparison.compare(call.shortName() + ' ' + name, then.get(i), now.get(i), ids, this::take);
    }
  }

  private void take(Difference difference) {
    if (difference.path().endsWith(".size")) {
      others.add(difference.toString());
    } else {
      // A path of volatile.txt has no blanks, and begins with the number of a call
      var path = "*" + difference.path().replaceAll("\\[[^\\]]*\\]", "[*]").replace(' ', '*');
      fields.putIfAbsent("path " + path + ' ' + kind(difference), difference);
    }
  }

  private static String kind(Difference difference) {
    return difference.recorded().equals(ABSENT) || difference.actual().equals(ABSENT)
        ? "ignored"
        : "any";
  }

  private static String contentName(SessionCall call) {
    return call.call().map(known -> LogRecords.arePages(known.reply())).orElse(false)
        ? "logs[]"
        : "reply";
  }

  private static List<Message> contents(Recording recording, SessionCall call) {
    var all = new ArrayList<Message>();
    if (call.isStream()) {
      recording.replies(call, (at, reply) -> all.add(reply));
    }
    for (var reply : call.replies()) {
      if (reply.content().message() != null) {
        all.add(reply.content().message());
      }
    }
    return contentName(call).equals("reply") ? all : LogRecords.of(all);
  }
}
