package io.github.datasphere.emulator.job.validation;

import java.util.regex.Pattern;

/** Shows texts of a request in messages, and measures them. */
public final class Text {
  private static final int MOST_SHOWN = 80;
  private static final Pattern HALF_CHARACTER = Pattern.compile("\\p{Cs}");

  private Text() {}

  /** Returns the text for a message: in quotes, on one line, cut where it gets long. */
  static String quote(String text) {
    var shown = text.length() <= MOST_SHOWN ? text : beginning(text, MOST_SHOWN - 3) + "...";
    return "\"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"";
  }

  /** The text, with a replacement character for each half of one, which UTF-8 cannot carry. */
  public static String wellFormed(String text) {
    return HALF_CHARACTER.matcher(text).replaceAll("\ufffd");
  }

  /** Returns at most this many characters as Java counts them; never half of one. */
  public static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }

  /** Returns the number of bytes of this text in UTF-8. */
  static long utf8Length(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Two surrogates, two bytes each, are one character of four
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  static boolean isUnicode(String text) {
    return !HALF_CHARACTER.matcher(text).find();
  }
}
