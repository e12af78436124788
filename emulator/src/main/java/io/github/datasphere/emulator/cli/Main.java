package io.github.datasphere.emulator.cli;

/** The executable. */
public final class Main {
  private final Surroundings surroundings;

  Main(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(new Main(Surroundings.ofProcess()).run(args));
  }

  /** Answers the exit code: 2 if the command was given wrongly, else what the command says. */
  int run(String... args) {
    return Commands.all(surroundings).execute(args);
  }
}
