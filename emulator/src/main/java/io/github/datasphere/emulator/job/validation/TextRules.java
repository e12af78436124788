package io.github.datasphere.emulator.job.validation;

/** Checks the texts of a request. */
final class TextRules {
  private TextRules() {}

  /** Whether a shell, a file system and UTF-8 can carry this text; complains if not. */
  static boolean check(Violations at, String text) {
    return at.require(text.indexOf('\0') < 0, "must not hold a NUL character")
        && at.require(Text.isUnicode(text), "must be valid Unicode text");
  }

  /** Like {@link #check}, and there must be something. */
  static boolean checkGiven(Violations at, String text) {
    return at.require(!text.isEmpty(), "must be set") && check(at, text);
  }
}
