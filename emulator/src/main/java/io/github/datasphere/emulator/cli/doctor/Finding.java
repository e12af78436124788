package io.github.datasphere.emulator.cli.doctor;

import java.util.Optional;

/**
 * What a check found.
 *
 * @param mend what to do about it
 */
public record Finding(Level level, String text, Optional<String> mend) {
  /** How bad it is. */
  public enum Level {
    OK,
    /** Something optional does not work. */
    NOTE,
    /** Something that the configuration asks for does not work. */
    PROBLEM
  }

  static Finding ok(String text) {
    return new Finding(Level.OK, text, Optional.empty());
  }

  static Finding note(String text, String mend) {
    return new Finding(Level.NOTE, text, Optional.of(mend));
  }

  static Finding problem(String text, String mend) {
    return new Finding(Level.PROBLEM, text, Optional.of(mend));
  }
}
