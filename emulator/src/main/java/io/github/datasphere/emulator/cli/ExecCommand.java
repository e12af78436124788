package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.cli.env.ClientSettings;
import io.github.datasphere.emulator.cli.env.ClientVariables;
import io.github.datasphere.emulator.cli.process.ClientProcess;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** An emulator around one command. */
@Command(
    name = "exec",
    header = "Run a command with an emulator of its own.",
    customSynopsis = "datasphere-emulator exec [OPTIONS] -- COMMAND [ARGUMENTS]",
    descriptionHeading = "%n",
    description = {
      "The emulator listens at free ports, and the client variables lead the command there. When"
          + " the command ends, so do the emulator and its jobs, and nothing is left. The exit code"
          + " is the command's own.",
      ""
    })
final class ExecCommand extends EmulatorCommand {
  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "command and its arguments")
  List<String> command = List.of();

  ExecCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    var config = passingConfig();
    Logs.level(config.logLevel(), false);
    try (var emulator = Emulator.start(config)) {
      var settings = ClientSettings.of(emulator, config.access());
      var variables = ClientVariables.of(settings, surroundings.environment());
      return ClientProcess.start(command, variables).await();
    }
  }
}
