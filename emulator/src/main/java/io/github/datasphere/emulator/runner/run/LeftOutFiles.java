package io.github.datasphere.emulator.runner.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is left out of a directory, as text for humans: the first few, and how many more.
 */
public final class LeftOutFiles {
  private static final int MOST_TOLD = 5;

  private final List<String> told = new ArrayList<>();
  private int more;

  public void add(String reason) {
    if (told.size() < MOST_TOLD) {
      told.add(reason);
    } else {
      more++;
    }
  }

  public List<String> all() {
    if (more == 0) {
      return List.copyOf(told);
    }
    var all = new ArrayList<>(told);
    all.add("and " + more + " more");
    return all;
  }
}
