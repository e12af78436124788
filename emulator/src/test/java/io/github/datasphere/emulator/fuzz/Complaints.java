package io.github.datasphere.emulator.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What answered badly: each kind once, with its first example and how often it came. */
final class Complaints {
  private static final int LONGEST_EXAMPLE = 400;

  /** Ids of errors, ports and durations make no kind of their own. */
  private static final Pattern NUMBER = Pattern.compile("\\b[0-9a-f]{8}\\b|\\d[\\d.]*");

  private record Kind(String example, AtomicInteger times) {}

  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
  private final AtomicBoolean isActivityTold = new AtomicBoolean();
  private volatile Round round = new Round("", () -> "");

  /** What is sent now, and how to learn what the server does meanwhile. */
  private record Round(String name, Supplier<String> activity) {}

  void begin(String name, Supplier<String> activity) {
    round = new Round(name, activity);
  }

  /** Something takes too long: the first time, what the server does meanwhile is printed. */
  void addSilence(String kind, String example) {
    if (isActivityTold.compareAndSet(false, true)) {
      System.out.println(kind + ", in " + round.name() + ": " + round.activity().get());
    }
    add(kind, example);
  }

  void add(String kind, String example) {
    kinds
        .computeIfAbsent(
            NUMBER.matcher(kind).replaceAll("N"),
            unknown -> new Kind(
                round.name() + " "
                    + example.substring(0, Math.min(LONGEST_EXAMPLE, example.length())),
                new AtomicInteger()))
        .times()
        .incrementAndGet();
  }

  List<String> list() {
    var list = new ArrayList<String>();
    kinds.forEach((kind, found) ->
        list.add(kind + " (" + found.times() + " times), first for " + found.example()));
    return list;
  }
}
