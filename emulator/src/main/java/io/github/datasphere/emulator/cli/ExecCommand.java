package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.ReplayedService;
import io.github.datasphere.emulator.cli.env.ClientSettings;
import io.github.datasphere.emulator.cli.env.ClientVariables;
import io.github.datasphere.emulator.cli.process.ClientProcess;
import io.github.datasphere.emulator.cli.process.CommandFailure;
import io.github.datasphere.emulator.config.EmulatorConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
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
final class ExecCommand extends ConfiguredCommand {
  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "command and its arguments")
  List<String> command = List.of();

  @Option(
      names = "--replay",
      paramLabel = "FOLDER",
      description = "answer from this recording instead of running jobs")
  @Nullable
  Path replay;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      description = "replay so many times as fast as it was recorded; default: without waiting")
  double speed;

  ExecCommand(ProcessContext context) {
    super(context);
  }

  @Override
  public Integer call() throws Exception {
    var config = passingConfig();
    Logs.level(config.logLevel(), false);
    if (replay != null) {
      return replayed(context.workingDirectory().resolve(replay), config);
    }
    try (var emulator = Emulator.start(config)) {
      var settings = ClientSettings.of(emulator, config.access());
      var variables = ClientVariables.of(settings, context.environment());
      return ClientProcess.start(command, variables).await();
    }
  }

  /** Runs the command against the recording; a call that it does not answer makes it fail. */
  private int replayed(Path folder, EmulatorConfig config)
      throws CommandFailure, InterruptedException {
    try (var service = ReplayedService.start(folder, speed, config, true)) {
      var settings = ClientSettings.of(service.addresses(), config.access(), "");
      var variables = ClientVariables.of(settings, context.environment());
      variables.remove("DATASPHERE_EMULATOR_HTTP_TOKEN");
      int code = ClientProcess.start(command, variables).await();
      service.misses().forEach(text -> context.err().println("replay: " + text));
      service.notes().forEach(text -> context.err().println("replay: " + text));
      service.unused().forEach(text -> context.err().println("replay: " + text));
      return code == 0 && !service.misses().isEmpty() ? ExitCode.SOFTWARE : code;
    }
  }
}
