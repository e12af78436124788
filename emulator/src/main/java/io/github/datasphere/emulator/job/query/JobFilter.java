package io.github.datasphere.emulator.job.query;

import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The filter of List: {@code status IN (EXECUTING, UPLOADING_OUTPUT)}; no other field and no other
 * operator exist (service-behaviour 6.10, 10.17).
 */
public final class JobFilter {
  private static final int MAX_LENGTH = 1_000;

  private final String text;
  private int position;

  private JobFilter(String text) {
    this.text = text;
  }

  /**
   * Returns the statuses that the filter lets through; empty, which means all, if there is no
   * filter.
   *
   * @throws RejectedException {@code INVALID_ARGUMENT} with the position of the mistake, counted in
   *     characters from 1
   */
  public static Set<JobStatus> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw Rejected.invalid(
              "filter", "must have at most " + MAX_LENGTH + " characters but has " + text.length())
          .asException();
    }
    return text.isBlank() ? Set.of() : new JobFilter(text).parse();
  }

  private Set<JobStatus> parse() {
    expectWord("status", "the only field that can be filtered by");
    expectWord("in", "the only operator there is");
    expectSymbol('(');
    var statuses = EnumSet.noneOf(JobStatus.class);
    do {
      statuses.add(status());
    } while (takeSymbol(','));
    expectSymbol(')');
    skipBlanks();
    if (position < text.length()) {
      throw wrong("nothing may follow");
    }
    return statuses;
  }

  private JobStatus status() {
    skipBlanks();
    int start = position;
    var word = word();
    for (var status : JobStatus.values()) {
      if (status.name().equals(word)) {
        return status;
      }
    }
    position = start;
    throw wrong("expected one of " + EnumSet.allOf(JobStatus.class));
  }

  private void expectWord(String expected, String why) {
    skipBlanks();
    int start = position;
    if (!word().toLowerCase(Locale.ROOT).equals(expected)) {
      position = start;
      throw wrong("expected \"" + expected + "\", " + why);
    }
  }

  private void expectSymbol(char symbol) {
    if (!takeSymbol(symbol)) {
      throw wrong("expected \"" + symbol + "\"");
    }
  }

  private boolean takeSymbol(char symbol) {
    skipBlanks();
    if (position < text.length() && text.charAt(position) == symbol) {
      position++;
      return true;
    }
    return false;
  }

  private String word() {
    int start = position;
    while (position < text.length() && isWordPart(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  private static boolean isWordPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private void skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private RejectedException wrong(String what) {
    return Rejected.invalid(
            "filter",
            what
                + " at position "
                + (position + 1)
                + "; a filter looks like \"status IN (EXECUTING, UPLOADING_OUTPUT)\"")
        .asException();
  }
}
