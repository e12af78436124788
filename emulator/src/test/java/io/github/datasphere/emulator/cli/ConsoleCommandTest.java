package io.github.datasphere.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.cli.env.ClientSettings;
import io.github.datasphere.emulator.cli.env.RunningServer;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.http.HttpPorts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleCommandTest {
  @TempDir
  Path folder;

  @Test
  void theLinkLetsABrowserInOnce() throws Exception {
    var config = EmulatorConfig.onFreePorts();
    try (var emulator = Emulator.testDouble(config, true, new HttpPorts(0))) {
      var dataDir = Files.createDirectories(folder.resolve("home/.datasphere-emulator"));
      RunningServer.ofThisProcess(ClientSettings.of(emulator, config.access())).announce(dataDir);
      var shell = new Shell(folder);

      assertThat(shell.run("console", "--no-browser")).isZero();

      var link = URI.create(shell.out().strip());
      assertThat(link.toString()).startsWith(emulator.addresses().http() + "/login?code=");
      assertThat(status(link)).isEqualTo(303);
      assertThat(status(link)).isEqualTo(401);
    }
  }

  @Test
  void withoutAServerItSaysHowToStartOne() {
    var shell = new Shell(folder);

    assertThat(shell.run("console")).isEqualTo(1);

    assertThat(shell.err()).contains("no server runs on ").contains(" start'");
  }

  private static int status(URI link) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(link).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
