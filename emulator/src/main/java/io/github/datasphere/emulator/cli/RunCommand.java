package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.cli.env.ClientSettings;
import io.github.datasphere.emulator.cli.process.Signals;
import io.github.datasphere.emulator.cli.process.StopRequests;
import io.github.datasphere.emulator.client.JobRun;
import io.github.datasphere.emulator.client.RunOptions;
import io.github.datasphere.emulator.client.StreamConsole;
import io.github.datasphere.emulator.config.EmulatorConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One job, from its file to its results. */
@Command(
    name = "run",
    header = "Run a DataSphere job on this machine.",
    descriptionHeading = "%n",
    description = {
      "Does what 'datasphere project job execute' does, with an emulator of its own: uploads inputs,"
          + " runs the job, shows its logs, downloads outputs. The exit code is the program's own."
          + " Ctrl+C cancels the job, gracefully if its file says how; a second one, a moment later, kills it.",
      ""
    })
final class RunCommand extends ConfiguredCommand {
  private static final List<String> STOP = List.of("INT", "TERM", "HUP");

  @Parameters(paramLabel = "CONFIG.yaml", description = "the job's configuration file")
  Path job = Path.of("config.yaml");

  @Option(
      names = {"-p", "--project-id"},
      paramLabel = "ID",
      description = "project of the job; default: " + RunOptions.DEFAULT_PROJECT)
  String projectId = RunOptions.DEFAULT_PROJECT;

  @Option(
      names = "--log-dir",
      paramLabel = "FOLDER",
      description = "put the log files here; default: a new folder for each run")
  @Nullable
  Path logDir;

  RunCommand(ProcessContext context) {
    super(context);
  }

  @Override
  public Integer call() throws Exception {
    var config = passingConfig();
    Logs.level(config.logLevel(), false);
    try (var emulator = Emulator.inProcess(config)) {
      var channel = emulator.channel();
      try {
        var depot = emulator.uploads().map(uploads -> new OwnDepot(uploads, projectId));
        return run(
            new JobRun(channel, options(config), console(), Clock.systemUTC(), depot.orElse(null)));
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static int run(JobRun run) throws InterruptedException {
    var requests = new StopRequests(System::nanoTime);
    try (var signals = Signals.listen(STOP, signal -> stop(run, requests.meaning(signal)))) {
      return run.run();
    }
  }

  private static void stop(JobRun run, StopRequests.Meaning meaning) {
    switch (meaning) {
      case FIRST, AGAIN -> run.cancel();
      case SAME -> {}
    }
  }

  private StreamConsole console() {
    return new StreamConsole(context.out(), context.err(), context.terminal());
  }

  private RunOptions options(EmulatorConfig config) {
    var folder = context.workingDirectory();
    var options = RunOptions.of(folder.resolve(job), folder, context.environment())
        .withProjectId(projectId)
        .withToken(ClientSettings.tokenFor(projectId, config.access()));
    return logDir == null ? options : options.withLogDirectory(folder.resolve(logDir));
  }
}
