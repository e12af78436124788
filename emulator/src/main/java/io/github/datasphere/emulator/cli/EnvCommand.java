package io.github.datasphere.emulator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells other programs where the running server is. */
@Command(
    name = "env",
    header = "Print the client variables of the running server.",
    descriptionHeading = "%n",
    description = "In bash or zsh: eval \"$$(datasphere-emulator env)\"",
    optionListHeading = "%n")
final class EnvCommand extends EmulatorCommand {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = VariableFormat.Reader.class,
      completionCandidates = VariableFormat.Names.class,
      description = "how they are written: ${COMPLETION-CANDIDATES}; default: bash")
  VariableFormat format = VariableFormat.BASH;

  EnvCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    var config = serverConfig();
    var dataDir = config.storage().dataDir().orElseThrow();
    var server = find(dataDir)
        .orElseThrow(() -> new CommandFailure("no server runs on "
            + dataDir
            + "; start one with '"
            + surroundings.program()
            + " start', or name its folder with --data-dir"));
    var variables = ClientVariables.of(server.settings(), surroundings.environment());
    surroundings.out().print(format.all(variables));
    surroundings.out().flush();
    return 0;
  }

  private static Optional<RunningServer> find(Path dataDir) throws CommandFailure {
    try {
      return RunningServer.find(dataDir);
    } catch (IOException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }
}
