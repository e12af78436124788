package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.cli.env.ClientSettings;
import io.github.datasphere.emulator.cli.env.RunningServer;
import io.github.datasphere.emulator.cli.process.CommandFailure;
import io.github.datasphere.emulator.cli.process.Signals;
import io.github.datasphere.emulator.server.SavedJobsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a browser into the console of the running server. */
@Command(
    name = "console",
    header = "Print a link to the console of the running server, and open it.",
    descriptionHeading = "%n",
    description = {
      "The link lets one browser in; run this again for another one.",
      "With a file, the console shows the jobs that were saved in it, without a server, until"
          + " Ctrl+C."
    },
    parameterListHeading = "%n",
    optionListHeading = "%n")
final class ConsoleCommand extends ConfiguredCommand {
  private static final Pattern LINK = Pattern.compile("\"path\": ?\"([^\"]+)\"");

  private static final List<String> STOP = List.of("INT", "TERM", "HUP");

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE.dsjob",
      description = "jobs out of the console, or of a failed test")
  @Nullable
  Path file;

  @Option(names = "--no-browser", description = "only print the link")
  boolean noBrowser;

  ConsoleCommand(ProcessContext context) {
    super(context);
  }

  @Override
  public Integer call() throws Exception {
    if (file != null) {
      return show(context.workingDirectory().resolve(file));
    }
    var dataDir = serverConfig().storage().dataDir().orElseThrow();
    var server = RunningServer.find(dataDir)
        .orElseThrow(() -> new CommandFailure("no server runs on " + dataDir + "; start one with '"
            + context.program() + " start', or name its folder with --data-dir"));
    tell(link(server.settings()));
    return 0;
  }

  /** Shows the jobs of a file until a signal comes. */
  private int show(Path saved) throws CommandFailure, InterruptedException {
    var stop = new CountDownLatch(1);
    try (var signals = Signals.listen(STOP, signal -> stop.countDown());
        var server = SavedJobsServer.open(saved)) {
      tell(server.link());
      context.err().println("Shows " + saved + " until Ctrl+C.");
      context.err().flush();
      stop.await();
      return 0;
    } catch (NoSuchFileException e) {
      throw new CommandFailure("there is no file " + saved);
    } catch (IOException e) {
      throw new CommandFailure("cannot show " + PathErrors.words(saved, e));
    }
  }

  private void tell(URI link) {
    context.out().println(link);
    context.out().flush();
    if (!noBrowser && context.environment().containsKey("DISPLAY")) {
      open(link);
    }
  }

  private static URI link(ClientSettings settings) throws CommandFailure, InterruptedException {
    var request = HttpRequest.newBuilder(settings.http().resolve("/api/v1/links"))
        .header("Authorization", "Bearer " + settings.httpToken())
        .POST(HttpRequest.BodyPublishers.ofString(""))
        .build();
    try {
      var answer =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      var path = LINK.matcher(answer.body());
      if (answer.statusCode() == 200 && path.find()) {
        return settings.http().resolve(path.group(1).replace("\\u003d", "="));
      }
      throw new CommandFailure("the server at " + settings.http() + " gives no link: "
          + answer.statusCode() + " " + answer.body().strip());
    } catch (IOException e) {
      throw new CommandFailure("the server at " + settings.http()
          + " does not answer: is a proxy or a firewall between? " + e.getMessage());
    }
  }

  /** The link is printed anyway, so a browser that does not come is no failure. */
  private static void open(URI link) {
    try {
      new ProcessBuilder(List.of("xdg-open", link.toString()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // There is no such program
    }
  }
}
