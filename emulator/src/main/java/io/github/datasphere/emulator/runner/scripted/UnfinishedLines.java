package io.github.datasphere.emulator.runner.scripted;

import io.github.datasphere.emulator.logs.LogSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Decides where the prints of a script are cut into records. Clients show each record on lines of
 * its own, so an unfinished line waits for the next print, as with a real program. It waits if the
 * rest comes within a second, or if the text looks like a full buffer. What waits follows from the
 * script alone, so no state has to be stored.
 */
final class UnfinishedLines {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int BLOCK = 4096;

  private final List<Step> steps;

  UnfinishedLines(Script script) {
    this.steps = script.steps();
  }

  /** Returns what becomes a record when this step prints. */
  byte[] record(int index) {
    var whole = whole(index);
    return Arrays.copyOf(whole, whole.length - (isHeld(index) ? tail(whole) : 0));
  }

  /** Returns the output of this source that still waits when the step with this index is next. */
  byte[] waiting(int next, LogSource source) {
    for (int i = Math.min(next, steps.size()) - 1; i >= 0; i--) {
      if (isPrint(steps.get(i), source)) {
        if (!isHeld(i)) {
          return new byte[0];
        }
        var whole = whole(i);
        return Arrays.copyOfRange(whole, whole.length - tail(whole), whole.length);
      }
    }
    return new byte[0];
  }

  private byte[] whole(int index) {
    var print = (Step.Print) steps.get(index);
    var before = waiting(index, print.source());
    var whole = Arrays.copyOf(before, before.length + print.text().length);
    System.arraycopy(print.text(), 0, whole, before.length, print.text().length);
    return whole;
  }

  private boolean isHeld(int index) {
    var print = (Step.Print) steps.get(index);
    boolean isBlock = print.text().length > 0 && print.text().length % BLOCK == 0;
    var time = Duration.ZERO;
    for (var step : steps.subList(index + 1, steps.size())) {
      if (isPrint(step, print.source()) || step instanceof Step.Finish) {
        return true;
      }
      if (step instanceof Step.Pause pause) {
        time = time.plus(pause.time());
      }
      boolean isLong = step instanceof Step.LastUntil || time.compareTo(PATIENCE) >= 0;
      if ((isLong && !isBlock) || isOfTheTest(step)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the step runs code of the test, which may look for what was printed. */
  private static boolean isOfTheTest(Step step) {
    return step instanceof Step.Perform || step instanceof Step.Await;
  }

  private static boolean isPrint(Step step, LogSource source) {
    return step instanceof Step.Print print && print.source().equals(source);
  }

  private static int tail(byte[] text) {
    int length = 0;
    while (length < text.length && text[text.length - 1 - length] != '\n') {
      length++;
    }
    return length;
  }
}
