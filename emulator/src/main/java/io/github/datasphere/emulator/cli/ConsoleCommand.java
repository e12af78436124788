package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.cli.env.ClientSettings;
import io.github.datasphere.emulator.cli.env.RunningServer;
import io.github.datasphere.emulator.cli.process.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets a browser into the console of the running server. */
@Command(
    name = "console",
    header = "Print a link to the console of the running server, and open it.",
    descriptionHeading = "%n",
    description = "The link lets one browser in; run this again for another one.",
    optionListHeading = "%n")
final class ConsoleCommand extends ConfiguredCommand {
  private static final Pattern LINK = Pattern.compile("\"path\": ?\"([^\"]+)\"");

  @Option(names = "--no-browser", description = "only print the link")
  boolean noBrowser;

  ConsoleCommand(ProcessContext context) {
    super(context);
  }

  @Override
  public Integer call() throws Exception {
    var dataDir = serverConfig().storage().dataDir().orElseThrow();
    var server = RunningServer.find(dataDir)
        .orElseThrow(() -> new CommandFailure("no server runs on " + dataDir + "; start one with '"
            + context.program() + " start', or name its folder with --data-dir"));
    var link = link(server.settings());
    context.out().println(link);
    context.out().flush();
    if (!noBrowser && context.environment().containsKey("DISPLAY")) {
      open(link);
    }
    return 0;
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
