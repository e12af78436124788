package io.github.datasphere.emulator.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells quickly where a text certainly is not: most of a log has none of what is looked for, and
 * needs to be neither decoded nor matched then. Immutable.
 */
public final class Needle {
  /** Where parts of an expression may be missing in a match. */
  private static final Pattern CHOICES = Pattern.compile("\\||\\(\\?|\\)[*?{]");

  /** What stands for other characters, or may be missing. */
  private static final Pattern UNSURE = Pattern.compile(
      "(\\\\([dDwWsSbBntr]|[^A-Za-z0-9])|\\[\\^?[A-Za-z0-9 _.,:;/-]+\\]|[.^$()+])([*?+]|\\{[0-9,]*\\})?[?+]?"
          + "|[^\\\\\\[(){*+?]([*?]|\\{[0-9,]*\\})[?+]?");

  /** What no other pattern here knows. */
  private static final Pattern OTHERS = Pattern.compile("[\\\\\\[{*?]");

  /** Is looked for by itself alone: it is no ASCII. */
  private static final String BREAK = "\u00b7";

  private final byte[] lower;
  private final byte[] upper;
  private final int[] steps = new int[256];
  private final int again;

  private Needle(String text) {
    this.lower = text.getBytes(UTF_8);
    this.upper = lower.clone();
    int last = lower.length - 1;
    this.again = last < 1 ? 1 : last - text.substring(0, last).lastIndexOf(text.charAt(last));
    Arrays.fill(steps, lower.length);
    for (int i = 0; i <= last; i++) {
      upper[i] = (byte) Character.toUpperCase(lower[i]);
      steps[lower[i] & 0xff] = last - i;
      steps[upper[i] & 0xff] = last - i;
    }
  }

  /**
   * Makes the needle of a regular expression: the longest text that each match of it has, as far as
   * that is plain to see.
   */
  public static Needle ofRegex(String regex) {
    var sure = UNSURE.matcher(regex).replaceAll(BREAK);
    boolean isHard = CHOICES.matcher(regex).find() || OTHERS.matcher(sure).find();
    return of(isHard ? "" : sure);
  }

  /** Makes the needle of a text whose letters may be of either case. */
  public static Needle of(String text) {
    var best = "";
    for (int from = 0; from < text.length(); from++) {
      int to = from;
      while (to < text.length() && isPlain(text.charAt(to))) {
        to++;
      }
      if (to - from > best.length()) {
        best = text.substring(from, to);
      }
      from = to;
    }
    return new Needle(best.toLowerCase(Locale.ROOT));
  }

  /** Whether no letter beyond ASCII is the same but for its case. */
  private static boolean isPlain(char c) {
    return c < 0x80 && "iIkKsS".indexOf(c) < 0;
  }

  /** Whether nothing can be left out for it. */
  public boolean isAnywhere() {
    return lower.length == 0;
  }

  /** Returns false only if these bytes cannot hold the text. */
  public boolean mayBeIn(byte[] content) {
    return mayBeIn(content, content.length);
  }

  /** Returns false only if the first so many bytes cannot hold the text. */
  public boolean mayBeIn(byte[] content, int length) {
    int last = lower.length - 1;
    if (last < 0) {
      return true;
    }
    for (int at = last; at < length; ) {
      int step = steps[content[at] & 0xff];
      if (step == 0) {
        if (isAt(content, at - last)) {
          return true;
        }
        step = again;
      }
      at += step;
    }
    return false;
  }

  private boolean isAt(byte[] content, int from) {
    for (int i = 0; i < lower.length; i++) {
      var one = content[from + i];
      if (one != lower[i] && one != upper[i]) {
        return false;
      }
    }
    return true;
  }
}
