package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.cli.env.ClientVariables;
import io.github.datasphere.emulator.cli.env.VariableFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells other programs where the running server is. */
@Command(
    name = "env",
    header = "Print the client variables of the running server.",
    descriptionHeading = "%n",
    description = "In bash or zsh: eval \"$$(datasphere-emulator env)\"",
    optionListHeading = "%n")
final class EnvCommand extends ConfiguredCommand {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = VariableFormat.Reader.class,
      completionCandidates = VariableFormat.Names.class,
      description = "how they are written: ${COMPLETION-CANDIDATES}; default: bash")
  VariableFormat format = VariableFormat.BASH;

  EnvCommand(ProcessContext context) {
    super(context);
  }

  @Override
  public Integer call() throws Exception {
    var server = runningServer();
    var variables = ClientVariables.of(server.settings(), context.environment());
    context.out().print(format.all(variables));
    context.out().flush();
    return 0;
  }
}
