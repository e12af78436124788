package io.github.datasphere.emulator.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measures the rows and prints one markdown table. A row that cannot be measured says why in its
 * place and makes the run fail; a missed aim does not, since a busy machine is no defect.
 */
public final class BenchTable {

  private final List<BenchRow> rows;
  private final PrintStream out;
  private final PrintStream progress;

  BenchTable(List<BenchRow> rows, PrintStream out, PrintStream progress) {
    this.rows = rows.stream().sorted(Comparator.comparingInt(BenchRow::number)).toList();
    this.out = out;
    this.progress = progress;
  }

  /**
   * Runs the table.
   *
   * @param args names of {@link BenchRows} classes; {@code -Dbench.rows=4,5} selects rows of them
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    var rows = new ArrayList<BenchRow>();
    for (var name : args) {
      rows.addAll(((BenchRows) Class.forName(name).getConstructor().newInstance()).rows());
    }
    var selected = selected(rows, System.getProperty("bench.rows", ""));
    var failures = new BenchTable(selected, System.out, System.err).run();
    System.exit(failures == 0 ? 0 : 1);
  }

  static List<BenchRow> selected(List<BenchRow> rows, String numbers) {
    if (numbers.isBlank()) {
      return rows;
    }
    Set<Integer> wanted = Arrays.stream(numbers.split(","))
        .map(String::strip)
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
    return rows.stream().filter(row -> wanted.contains(row.number())).toList();
  }

  /** Returns how many rows could not be measured. */
  int run() {
    var lines = new ArrayList<String>();
    var failures = 0;
    for (var row : rows) {
      progress.println("measuring " + row.number() + ": " + row.figure());
      try {
        lines.add(line(row, row.measure()));
      } catch (Exception e) {
        e.printStackTrace(progress);
        failures++;
        lines.add(cells(row.number(), row.figure(), "could not be measured: " + e, "", "", "", ""));
      }
    }
    out.println(machine());
    out.println();
    out.println(cells("#", "figure", "measured", "floor or peer, same run", "ratio", "aim", "met"));
    out.println("|---|---|---|---|---|---|---|");
    lines.forEach(out::println);
    return failures;
  }

  private static String line(BenchRow row, Result result) {
    var peer = result.peer();
    return cells(
        row.number(),
        row.figure(),
        result.measured(),
        peer == null ? "-" : peer.name() + ": " + peer.measured(),
        peer == null ? "-" : String.format(Locale.ROOT, "%.2f x", result.ratio()),
        result.aims().stream().map(Aim::toString).collect(Collectors.joining(", ")),
        result.isMet() ? "yes" : "**no**");
  }

  private static String cells(Object... cells) {
    return Arrays.stream(cells)
        .map(cell -> cell.toString().replace("|", "\\|").replace('\n', ' '))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String machine() {
    return "%d processors, %s %s, Java %s, %d MB heap at most"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version(),
            Runtime.getRuntime().maxMemory() >> 20);
  }
}
