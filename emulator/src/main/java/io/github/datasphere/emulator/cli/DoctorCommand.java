package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.cli.doctor.Examination;
import io.github.datasphere.emulator.cli.doctor.Finding;
import io.github.datasphere.emulator.cli.env.ClientSettings;
import io.github.datasphere.emulator.cli.env.ClientVariables;
import io.github.datasphere.emulator.cli.env.RunningServer;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.LogLevel;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/** Says what works here. */
@Command(
    name = "doctor",
    header = "Say what works on this machine, and how to mend what does not.",
    descriptionHeading = "%n",
    description = "The exit code is 1 if something is broken that the configuration asks for.")
final class DoctorCommand extends ConfiguredCommand {
  private static final int PATIENCE_SECONDS = 30;

  DoctorCommand(ProcessContext context) {
    super(context);
  }

  @Override
  public Integer call() throws Exception {
    var config = serverConfig();
    var isCurious = config.logLevel().compareTo(LogLevel.DEBUG) >= 0;
    // The findings contain everything that would be warned of
    Logs.level(isCurious ? config.logLevel() : LogLevel.ERROR, false);
    context
        .out()
        .printf(
            "%-11s ok    Java %s, %d CPUs%n",
            "Java", System.getProperty("java.version"), Runtime.getRuntime().availableProcessors());
    var worst = Finding.Level.OK;
    for (var entry : found(config).entrySet()) {
      for (var finding : entry.getValue().join()) {
        print(entry.getKey(), finding);
        worst = finding.level().compareTo(worst) > 0 ? finding.level() : worst;
      }
    }
    return worst == Finding.Level.PROBLEM ? 1 : 0;
  }

  /** Runs all checks at once, since some wait for other programs. */
  private Map<String, CompletableFuture<List<Finding>>> found(EmulatorConfig config)
      throws IOException {
    var findings = new LinkedHashMap<String, CompletableFuture<List<Finding>>>();
    for (var check : examination(config).checks()) {
      var late = Finding.Level.PROBLEM;
      findings.put(
          check.subject(),
          CompletableFuture.supplyAsync(check::run, DoctorCommand::inBackground)
              .completeOnTimeout(
                  List.of(new Finding(
                      late,
                      "no answer within " + PATIENCE_SECONDS + " s",
                      Optional.of("see what it waits for"))),
                  PATIENCE_SECONDS,
                  TimeUnit.SECONDS));
    }
    return findings;
  }

  private Examination examination(EmulatorConfig config) throws IOException {
    var dataDir = config.storage().dataDir().orElseThrow();
    var settings = running(dataDir).map(RunningServer::settings);
    return new Examination(
        config,
        context.environment(),
        settings.map(found -> ClientVariables.of(found, context.environment())).orElse(Map.of()),
        settings.map(ClientSettings::ca),
        context.program(),
        Instant.now());
  }

  /** Finds the running server; the check of the data directory tells why it cannot be seen. */
  private static Optional<RunningServer> running(Path dataDir) throws IOException {
    try {
      return RunningServer.find(dataDir);
    } catch (IOException e) {
      if (e.getCause() instanceof FileSystemException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void inBackground(Runnable work) {
    var thread = new Thread(work, "doctor");
    thread.setDaemon(true);
    thread.start();
  }

  private void print(String subject, Finding finding) {
    var word = switch (finding.level()) {
      case OK -> "ok";
      case NOTE -> "note";
      case PROBLEM -> "BAD";
    };
    context.out().printf("%-11s %-5s %s%n", subject, word, finding.text());
    finding.mend().ifPresent(mend -> context.out().printf("%17s -> %s%n", "", mend));
  }
}
