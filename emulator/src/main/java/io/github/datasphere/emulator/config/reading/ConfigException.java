package io.github.datasphere.emulator.config.reading;

import java.util.List;

/** A configuration that cannot be used; the message names every problem, a line each. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public ConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems; each says where it is, what is wrong and what would be right. */
  public List<String> problems() {
    return problems;
  }
}
