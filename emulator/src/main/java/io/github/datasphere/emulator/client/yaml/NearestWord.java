package io.github.datasphere.emulator.client.yaml;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what a misspelt word was meant to be. */
final class NearestWord {
  private NearestWord() {}

  /** The word with the fewest edits to it, if less than half of it had to change. */
  static Optional<String> to(String word, List<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> edits(word, candidate)))
        .filter(best -> edits(word, best) * 2 <= Math.max(word.length(), best.length()));
  }

  private static int edits(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        current[column] = Math.min(
            previous[column - 1] + replaced, Math.min(previous[column], current[column - 1]) + 1);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
