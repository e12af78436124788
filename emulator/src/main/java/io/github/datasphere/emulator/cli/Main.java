package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.config.LogLevel;
import java.util.List;
import picocli.CommandLine.ExitCode;

/** The executable. */
public final class Main {
  private final ProcessContext context;

  Main(ProcessContext context) {
    this.context = context;
  }

  /** Runs one command, and exits with its code. */
  public static void main(String[] args) {
    var context = ProcessContext.ofProcess();
    var complaint = UnreadableNames.complaint(
        List.of(args), context, System.getProperty("sun.jnu.encoding", "UTF-8"));
    if (complaint.isPresent()) {
      context.err().println("datasphere-emulator: " + complaint.get());
      System.exit(ExitCode.USAGE);
    }
    System.exit(new Main(context).run(args));
  }

  /** Returns the exit code: 2 if the command line is wrong, else what the command says. */
  int run(String... args) {
    // Do this before any library logs; commands that run jobs let more through
    Logs.level(LogLevel.WARN, false);
    return Commands.all(context).execute(args);
  }
}
