package io.github.datasphere.emulator.cli;

import java.util.Optional;
import picocli.CommandLine.Command;

/** Names the version. */
@Command(name = "version", header = "Print the version of the emulator and of Java.")
final class VersionCommand implements Runnable {
  private final ProcessContext context;

  VersionCommand(ProcessContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    context.out().println(told());
  }

  /** Returns what there is to say, as a line. */
  static String told() {
    return "datasphere-emulator %s (Java %s, %s %s)"
        .formatted(
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
