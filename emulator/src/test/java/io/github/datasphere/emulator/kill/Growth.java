package io.github.datasphere.emulator.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What servers took one after another in the same situation, and whether that has grown. */
final class Growth {
  private static final int FEWEST = 4;

  /**
   * The database's cache of pages, which fills as jobs come and are read: 64 MB for each GB of
   * heap, of which these servers have a quarter.
   */
  static final int CACHE_KILOBYTES = 16 << 10;

  /** The journal of calls with its copies of messages, where a control call has begun it. */
  static final int JOURNAL_KILOBYTES = 64 << 10;

  private final String when;
  private final List<Bound> bounds;
  private final List<ServerFigures> all = new ArrayList<>();

  private record Bound(String what, ToLongFunction<ServerFigures> figure, long most) {}

  /**
   * Begins without figures.
   *
   * @param heapKilobytes what may differ without a leak
   * @param threads likewise
   */
  Growth(String when, int heapKilobytes, int threads) {
    this.when = when;
    this.bounds = List.of(
        new Bound("kilobytes of heap", ServerFigures::heapKilobytes, heapKilobytes),
        new Bound("threads", ServerFigures::threads, threads),
        new Bound("descriptors", ServerFigures::descriptors, 20),
        new Bound("temporary files", ServerFigures::temporaryFiles, 4),
        new Bound("containers", ServerFigures::containers, 12));
  }

  void add(ServerFigures figures) {
    all.add(figures);
  }

  /**
   * What has grown: between the medians of the first and of the last third, after the very first
   * server, which had no jobs to look at. Nothing can be said of fewer than four servers.
   */
  List<String> grown() {
    if (all.size() <= FEWEST) {
      return List.of();
    }
    int third = (all.size() - 1 + 2) / 3;
    var first = all.subList(1, 1 + third);
    var last = all.subList(all.size() - third, all.size());
    var grown = new ArrayList<String>();
    for (var bound : bounds) {
      long before = median(first, bound.figure());
      long after = median(last, bound.figure());
      if (after > before + bound.most()) {
        grown.add(
            when + ", servers took " + before + " " + bound.what() + ", later " + after + more());
      }
    }
    return grown;
  }

  private static long median(List<ServerFigures> some, ToLongFunction<ServerFigures> figure) {
    var sorted = some.stream().mapToLong(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  @Override
  public String toString() {
    if (all.isEmpty()) {
      return when + ": none";
    }
    return when + ": " + all.size() + ", first " + second() + ", last " + last() + more();
  }

  /** Of what there is more now than at the second server. */
  private String more() {
    var more = last().more(second());
    return more.isEmpty() ? "" : "; more of: " + more;
  }

  private ServerFigures second() {
    return all.get(Math.min(1, all.size() - 1));
  }

  private ServerFigures last() {
    return all.get(all.size() - 1);
  }
}
