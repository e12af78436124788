package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.base.ExplainedException;
import io.github.datasphere.emulator.cli.process.CommandFailure;
import io.github.datasphere.emulator.wiring.Pruning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows and removes what no client needs. */
@Command(
    name = "prune",
    header = "Show, or remove, what no client needs any more in a data directory.",
    descriptionHeading = "%n",
    description = {
      "Jobs whose data were cleared, deleted or have expired, their operations, and files and logs"
          + " that belong to no job. Stop the server first.",
      ""
    })
final class PruneCommand extends ConfiguredCommand {
  @Option(names = "--yes", description = "remove it; without this it is only shown")
  boolean yes;

  PruneCommand(ProcessContext context) {
    super(context);
  }

  @Override
  public Integer call() throws Exception {
    var config = serverConfig();
    Logs.level(config.logLevel(), true);
    var out = context.out();
    try (var pruning = Pruning.open(config)) {
      var lines = pruning.lines();
      if (pruning.leavesFilesInStorage()) {
        out.printf("Files in MinIO are left alone: each start removes those that no job needs.%n");
      }
      if (lines.isEmpty()) {
        out.printf("Nothing to remove.%n");
        return 0;
      }
      out.printf(yes ? "Removes%n" : "Would remove%n");
      lines.forEach(line -> out.printf("  %s%n", line));
      if (yes) {
        pruning.remove();
        pruning.close();
        out.printf("Removed.%n");
      } else {
        out.printf("'%s prune --yes' removes it.%n", context.program());
      }
      return 0;
    } catch (ExplainedException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }
}
