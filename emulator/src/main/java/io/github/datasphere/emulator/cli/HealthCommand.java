package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.cli.process.CommandFailure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import picocli.CommandLine.Command;

/** Tells a container engine or a script whether the server serves. */
@Command(
    name = "health",
    header = "Say whether the running server answers.",
    descriptionHeading = "%n",
    description = "The exit code is 1 if none runs, or if it does not answer within 5 s.",
    optionListHeading = "%n")
final class HealthCommand extends ConfiguredCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  HealthCommand(ProcessContext context) {
    super(context);
  }

  @Override
  public Integer call() throws Exception {
    var address =
        health(runningServer().settings().http(), serverConfig().network().bind());
    try {
      var connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout((int) PATIENCE.toMillis());
      connection.setReadTimeout((int) PATIENCE.toMillis());
      var code = connection.getResponseCode();
      if (code != HttpURLConnection.HTTP_OK) {
        throw new CommandFailure(address + " answers " + code + "; its log says why");
      }
    } catch (IOException e) {
      throw new CommandFailure(
          address + " does not answer (" + e.getMessage() + "); restart the server");
    }
    context.out().printf("%s answers.%n", address);
    return 0;
  }

  /** Asks where the server listens: this machine may not know the name that it advertises. */
  private static URI health(URI http, String bind) throws IOException, URISyntaxException {
    var listens = InetAddress.getByName(bind);
    var host = listens.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listens;
    return new URI("http", null, host.getHostAddress(), http.getPort(), "/healthz", null, null);
  }
}
