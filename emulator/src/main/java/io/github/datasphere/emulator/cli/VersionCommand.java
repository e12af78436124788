package io.github.datasphere.emulator.cli;

import java.util.Optional;
import picocli.CommandLine.Command;

/** Names the version. */
@Command(name = "version", header = "Print the version of the emulator and of Java.")
final class VersionCommand implements Runnable {
  private final Surroundings surroundings;

  VersionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    surroundings
        .out()
        .printf(
            "datasphere-emulator %s (Java %s, %s %s)%n",
            current(),
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  /** Returns the version that the executable jar names. */
  static String current() {
    return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }
}
