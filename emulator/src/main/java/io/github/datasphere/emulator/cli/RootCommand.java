package io.github.datasphere.emulator.cli;

import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What stands before every command. */
@Command(
    name = "datasphere-emulator",
    header = "A local emulator of DataSphere Jobs.",
    synopsisSubcommandLabel = "COMMAND",
    descriptionHeading = "%n",
    description =
        "Runs jobs on this machine, and serves the clients of DataSphere Jobs unmodified.",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%n",
    footer = {
      "Every option can also be a variable, such as DATASPHERE_EMULATOR_GRPC_PORT,",
      "and a key of datasphere-emulator.yaml. 'COMMAND --help' tells more."
    })
final class RootCommand extends ConfiguredCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "print the version of the emulator and of Java")
  boolean version;

  RootCommand(ProcessContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    var line = Objects.requireNonNull(spec).commandLine();
    throw new ParameterException(line, "which command?");
  }
}
