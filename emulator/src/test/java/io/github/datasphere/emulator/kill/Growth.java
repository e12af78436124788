package io.github.datasphere.emulator.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What servers took one after another in the same situation, and whether that has grown. */
final class Growth {
  private static final int FEWEST = 4;

  /**
   * What may differ from one moment to the next without a leak: the database fills its cache, and
   * each job that was taken up has threads.
   */
  private static final List<Bound> BOUNDS = List.of(
      new Bound("kilobytes of heap", ServerFigures::heapKilobytes, 24 << 10),
      new Bound("threads", ServerFigures::threads, 30),
      new Bound("descriptors", ServerFigures::descriptors, 20),
      new Bound("temporary files", ServerFigures::temporaryFiles, 4),
      new Bound("containers", ServerFigures::containers, 12));

  private final String when;
  private final List<ServerFigures> all = new ArrayList<>();

  private record Bound(String what, ToLongFunction<ServerFigures> figure, long most) {}

  Growth(String when) {
    this.when = when;
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
    for (var bound : BOUNDS) {
      long before = median(first, bound.figure());
      long after = median(last, bound.figure());
      if (after > before + bound.most()) {
        grown.add(when + ", servers took " + before + " " + bound.what() + ", later " + after
            + more());
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
