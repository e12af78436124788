package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.cli.env.ClientSettings;
import io.github.datasphere.emulator.cli.env.ClientVariables;
import io.github.datasphere.emulator.cli.env.PrivateFile;
import io.github.datasphere.emulator.cli.env.RunningServer;
import io.github.datasphere.emulator.cli.env.VariableFormat;
import io.github.datasphere.emulator.cli.process.CommandFailure;
import io.github.datasphere.emulator.cli.process.Signals;
import io.github.datasphere.emulator.cli.process.StopRequests;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.server.Exposure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves until it is stopped. */
@Command(
    name = "start",
    header = "Serve the clients of DataSphere Jobs until Ctrl+C.",
    descriptionHeading = "%n",
    description = {
      "Jobs and files are kept in the data directory: jobs that run when the server ends go on, and"
          + " the next start takes them up again, unless --stop-jobs is given.",
      ""
    })
final class StartCommand extends ConfiguredCommand {
  private static final List<String> STOP = List.of("INT", "TERM", "HUP");

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description = "write the client variables here, once every port answers")
  @Nullable
  Path envFile;

  @Option(
      names = "--env-format",
      paramLabel = "FORMAT",
      converter = VariableFormat.Reader.class,
      completionCandidates = VariableFormat.Names.class,
      description = "how they are written: ${COMPLETION-CANDIDATES}; default: bash")
  VariableFormat envFormat = VariableFormat.BASH;

  StartCommand(ProcessContext context) {
    super(context);
  }

  @Override
  public Integer call() throws Exception {
    var config = serverConfig();
    Logs.level(config.logLevel(), true);
    var dataDir = config.storage().dataDir().orElseThrow();
    var stop = new CountDownLatch(1);
    var requests = new StopRequests(System::nanoTime);
    try (var signals = Signals.listen(STOP, signal -> stop(stop, requests.meaning(signal)));
        var emulator = Emulator.start(config)) {
      var server = RunningServer.ofThisProcess(ClientSettings.of(emulator, config.access()));
      server.announce(dataDir);
      try {
        tell(config, server.settings(), emulator.consoleLink());
        stop.await();
      } finally {
        RunningServer.forget(dataDir);
      }
    }
    return 0;
  }

  /** Warns of what is open to others than the user who has started this server. */
  private void warn(EmulatorConfig config, ClientSettings settings) throws IOException {
    if (!Exposure.isOpen(config.network())) {
      return;
    }
    var out = context.out();
    var who = config.access().isClosed() ? "with a token that is listed" : "without any token";
    out.printf("WARNING: open to everyone who can reach this machine, %s:%n", who);
    out.printf("  %s.%n", Exposure.whatOthersMayDo(config));
    out.printf(
        "  Whatever they send over the plaintext ports, tokens too, can be read on its way.%n");
    out.printf("Others reach it at%n%n");
    for (var address : Exposure.addresses(config.network())) {
      var host = address.contains(":") ? "[" + address + "]" : address;
      out.printf(
          "  %s  (gRPC %s, TLS %s, HTTP %d, CONNECT %d)%n",
          host,
          port(settings.grpc()),
          port(settings.tls()),
          settings.http().getPort(),
          settings.proxy().getPort());
    }
    if (config.network().advertise().isEmpty()) {
      out.printf(
          "%nFile URLs and the certificate name %s: give the name that others use with"
              + " --advertise.%n",
          settings.http().getHost());
    }
    out.printf("%n");
  }

  private static String port(String address) {
    return address.substring(address.lastIndexOf(':') + 1);
  }

  private void stop(CountDownLatch stop, StopRequests.Meaning meaning) {
    switch (meaning) {
      case FIRST -> {
        say("Ending; asked once more, it ends without putting its files in order.");
        stop.countDown();
      }
      case SAME -> {}
      case AGAIN -> {
        say("Asked again: ending at once. The next start puts in order what is left.");
        Runtime.getRuntime().halt(1);
      }
    }
  }

  private void say(String line) {
    context.err().println(line);
    context.err().flush();
  }

  private void tell(EmulatorConfig config, ClientSettings settings, URI console)
      throws IOException, CommandFailure {
    var variables = ClientVariables.of(settings, context.environment());
    if (envFile != null) {
      var file = context.workingDirectory().resolve(envFile);
      try {
        PrivateFile.write(file, envFormat.all(variables));
      } catch (IOException e) {
        throw new CommandFailure("cannot write --env-file " + file + ": "
            + PathErrors.words(file, e) + "; choose a file in a folder of yours");
      }
    }
    var out = context.out();
    out.printf("DataSphere Jobs Emulator %s serves.%n%n", VersionCommand.current());
    out.printf("  gRPC        %s%n", settings.grpc());
    out.printf("  gRPC, TLS   %s%n", settings.tls());
    out.printf("  HTTP        %s%n", settings.http());
    out.printf("  CONNECT     %s%n", settings.proxy());
    out.printf("  data        %s%n%n", config.storage().dataDir().orElseThrow());
    warn(config, settings);
    out.printf(
        "Console, for one browser; '%s console' prints another link:%n%n", context.program());
    out.printf("  %s%n%n", console);
    out.printf("Clients of the real service, in another terminal:%n%n");
    out.printf("  eval \"$(%s env)\"%n", context.program());
    out.printf("  datasphere project job execute -p bt1localproject00000 -c config.yaml%n%n");
    out.printf("Ctrl+C ends it.%n");
    out.flush();
  }
}
